package io.penstock.wire.generator;

import java.util.List;

/**
 * Emits a structure's {@code read} method, the mirror of {@link WriteEmitter}'s.
 *
 * <p>It fills a new instance: fields that the version does not carry are left at their defaults.
 */
final class ReadEmitter {

    private final MessageSchema schema;
    private final MinimumSize minimumSize;
    private final JavaSource out;

    ReadEmitter(MessageSchema schema, JavaSource out) {
        this.schema = schema;
        this.minimumSize = new MinimumSize(schema);
        this.out = out;
    }

    /** The statements between the method's braces. */
    void body(Struct struct) {
        for (Field field : struct.body()) {
            String carried = field.versions().condition(struct.versions());
            if (carried.equals("true")) {
                value(field, struct.versions());
            } else {
                out.open("if (" + carried + ")");
                value(field, field.versions());
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

    private void tags(Struct struct) {
        List<Field> tagged = struct.tagged();
        if (tagged.isEmpty()) {
            out.line("r.skipTags();");
            return;
        }
        VersionRange known = struct.versions().intersect(schema.flexible());
        out.open("for (int left = r.readTagCount(); left > 0; left--)");
        out.line("int tag = r.readUnsignedVarint();");
        out.line("int end = r.beginTag();");
        String keyword = "if";
        for (Field field : tagged) {
            String carried = field.versions().condition(known);
            String head = keyword + " (tag == " + field.tag() + (carried.equals("true") ? "" : " && " + carried) + ")";
            if (keyword.equals("if")) {
                out.open(head);
            } else {
                out.closeAndOpen(head);
            }
            value(field, field.versions());
            keyword = "else if";
        }
        out.closeAndOpen("else");
        out.line("r.skipTag(end);");
        out.close();
        out.line("r.endTag(end);");
        out.close();
    }

    private void value(Field field, VersionRange known) {
        String name = field.javaName();
        FieldType type = field.type();
        if (type.array()) {
            array(field, name, known);
        } else if (type.isStruct()) {
            struct(field, name, known);
        } else if (type.kind().isFixed()) {
            out.line(name + " = r.read" + type.kind().method() + "();");
        } else {
            String flexible = Flexibility.argument(schema, field, known);
            String method = field.view() ? "Slice" : type.kind().method();
            out.line(name + " = "
                    + byNullness(
                            field,
                            known,
                            "r.readNullable" + method + "(" + flexible + ")",
                            "r.read" + method + "(" + flexible + ")")
                    + ";");
        }
    }

    private void array(Field field, String name, VersionRange known) {
        String flexible = Flexibility.argument(schema, field, known);
        String arguments = "(" + flexible + ", " + minimumSize.ofElement(field) + ")";
        String length =
                byNullness(field, known, "r.readNullableArrayLength" + arguments, "r.readArrayLength" + arguments);
        FieldType type = field.type();
        if (type.kind() == Kind.STRUCT) {
            out.line(name + " = " + type.structName() + ".readAll(r, version, " + length + ");");
        } else {
            String last = type.kind() == Kind.STRING ? ", " + flexible : "";
            out.line(name + " = WireArrays.read" + type.kind().method() + "s(r, " + length + last + ");");
        }
    }

    private void struct(Field field, String name, VersionRange known) {
        String maybeNull = field.nullable().condition(known);
        if (maybeNull.equals("false")) {
            out.line(name + " = new " + field.type().structName() + "();");
            out.line(name + ".read(r, version);");
            return;
        }
        out.open("if (" + (maybeNull.equals("true") ? "" : maybeNull + " && ") + "r.readByte() < 0)");
        out.line(name + " = null;");
        out.closeAndOpen("else");
        out.line(name + " = new " + field.type().structName() + "();");
        out.line(name + ".read(r, version);");
        out.close();
    }

    private static String byNullness(Field field, VersionRange known, String nullable, String notNull) {
        String condition = field.nullable().condition(known);
        return switch (condition) {
            case "true" -> nullable;
            case "false" -> notNull;
            default -> condition + " ? " + nullable + " : " + notNull;
        };
    }
}
