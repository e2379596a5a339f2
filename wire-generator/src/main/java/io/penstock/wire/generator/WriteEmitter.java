package io.penstock.wire.generator;

import java.util.List;

/**
 * Emits a structure's {@code write} method.
 *
 * <p>Fields stand in the schema's order; where a version does not carry a field that the receiver must not miss, the
 * method refuses it if it is set. Tagged fields come last, by tag, and only those that are set.
 */
final class WriteEmitter {

    private final MessageSchema schema;
    private final JavaSource out;

    WriteEmitter(MessageSchema schema, JavaSource out) {
        this.schema = schema;
        this.out = out;
    }

    /** The statements between the method's braces. */
    void body(Struct struct) {
        for (Field field : struct.body()) {
            String carried = field.versions().condition(struct.versions());
            if (carried.equals("true")) {
                value(struct, field, struct.versions());
                continue;
            }
            out.open("if (" + carried + ")");
            value(struct, field, field.versions());
            if (!field.ignorable()) {
                out.closeAndOpen("else if (" + Defaults.isSet(field) + ")");
                refuse(struct, field);
            }
            out.close();
        }
        for (Field field : struct.tagged()) {
            String carried = field.versions().condition(struct.versions());
            if (!carried.equals("true") && !field.ignorable()) {
                out.open("if (!(" + carried + ") && " + Defaults.isSet(field) + ")");
                refuse(struct, field);
                out.close();
            }
        }
        String flexible = schema.flexible().condition(struct.versions());
        if (flexible.equals("true")) {
            tags(struct);
        } else if (!flexible.equals("false")) {
            out.open("if (flexible)");
            tags(struct);
            out.close();
        }
    }

    private void refuse(Struct struct, Field field) {
        out.line("throw VersionRules.cannotCarry(\"" + path(struct, field) + "\", version);");
    }

    private void tags(Struct struct) {
        List<Field> tagged = struct.tagged();
        if (tagged.isEmpty()) {
            out.line("w.writeByte(0);");
            return;
        }
        VersionRange known = struct.versions().intersect(schema.flexible());
        out.line("int tags = w.beginTags();");
        for (Field field : tagged) {
            String carried = field.versions().condition(known);
            out.open("if (" + (carried.equals("true") ? "" : carried + " && ") + Defaults.isSet(field) + ")");
            out.line("int tag = w.beginTag(tags, " + field.tag() + ");");
            value(struct, field, field.versions());
            out.line("w.endTag(tag);");
            out.close();
        }
    }

    private void value(Struct struct, Field field, VersionRange known) {
        String nullable = field.nullable().condition(known);
        if (!nullable.equals("true") && !nullable.equals("false")) {
            out.open("if (" + field.javaName() + " == null && !(" + nullable + "))");
            out.line("throw VersionRules.cannotBeNull(\"" + path(struct, field) + "\", version);");
            out.close();
        }
        String name = field.javaName();
        String flexible = Flexibility.argument(schema, field, known);
        FieldType type = field.type();
        if (type.isPrimitiveArray() || (type.isList() && type.kind() != Kind.STRUCT)) {
            out.line("WireArrays.write" + type.kind().method() + "s(w, " + name + ", " + flexible + ");");
        } else if (type.isList()) {
            structs(field, name, flexible);
        } else if (type.isStruct()) {
            struct(field, name);
        } else if (type.kind().isFixed()) {
            out.line("w.write" + type.kind().method() + "(" + name + ");");
        } else {
            String method = type.kind() == Kind.STRING && field.isNullable()
                    ? "NullableString"
                    : type.kind().method();
            out.line("w.write" + method + "(" + name + ", " + flexible + ");");
        }
    }

    private void structs(Field field, String name, String flexible) {
        String length = field.isNullable() ? name + " == null ? -1 : " + name + ".size()" : name + ".size()";
        out.line("w.writeLength(" + length + ", " + flexible + ");");
        if (field.isNullable()) {
            out.open("if (" + name + " != null)");
        }
        out.open("for (" + field.type().structName() + " element : " + name + ")");
        out.line("element.write(w, version);");
        out.close();
        if (field.isNullable()) {
            out.close();
        }
    }

    private void struct(Field field, String name) {
        if (!field.isNullable()) {
            out.line(name + ".write(w, version);");
            return;
        }
        out.open("if (" + name + " == null)");
        out.line("w.writeByte(-1);");
        out.closeAndOpen("else");
        String marked = field.nullable().condition(field.versions());
        out.line((marked.equals("true") ? "" : "if (" + marked + ") ") + "w.writeByte(1);");
        out.line(name + ".write(w, version);");
        out.close();
    }

    private String path(Struct struct, Field field) {
        return struct.name().equals(schema.name())
                ? struct.name() + "." + field.name()
                : schema.name() + "." + struct.name() + "." + field.name();
    }
}
