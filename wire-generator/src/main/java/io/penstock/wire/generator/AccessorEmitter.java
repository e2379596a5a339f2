package io.penstock.wire.generator;

/** Emits a structure's fields, each with its accessor and its setter, which returns the structure. */
final class AccessorEmitter {

    private final JavaSource out;

    AccessorEmitter(JavaSource out) {
        this.out = out;
    }

    void emit(String className, Struct struct) {
        for (Field field : struct.fields()) {
            out.line("private " + field.declaredType() + " " + field.javaName() + " = " + Defaults.value(field) + ";");
        }
        out.blank();
        out.line("/** Every field at its default. */");
        out.line("public " + className + "() {}");
        for (Field field : struct.fields()) {
            String name = field.javaName();
            out.blank();
            out.line("/** {@code " + field.name() + "}, versions " + field.versions() + nullableNote(field) + ". */");
            out.open("public " + field.declaredType() + " " + field.accessorName() + "()");
            out.line("return " + name + ";");
            out.close().blank();
            out.open("public " + className + " " + field.accessorName() + "(" + field.declaredType() + " value)");
            out.line("this." + name + " = value;");
            out.line("return this;");
            out.close();
        }
    }

    private static String nullableNote(Field field) {
        return field.isNullable() ? ", may be null in " + field.nullable() : "";
    }
}
