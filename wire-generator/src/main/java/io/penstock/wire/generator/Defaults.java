package io.penstock.wire.generator;

import java.util.Locale;

/**
 * The Java expressions for a field's default and for its not being set to it.
 *
 * <p>What a schema leaves open is zero, false, empty, or a structure of defaults; records alone are null.
 */
final class Defaults {

    private Defaults() {}

    static boolean isNull(Field field) {
        return "null".equals(field.defaultText())
                || (field.type().kind() == Kind.RECORDS && field.defaultText() == null && field.isNullable());
    }

    /** The default as an expression. */
    static String value(Field field) {
        if (isNull(field)) {
            return "null";
        }
        FieldType type = field.type();
        if (type.isList()) {
            return "List.of()";
        }
        if (type.isPrimitiveArray()) {
            return "new " + type.elementType() + "[0]";
        }
        String text = field.defaultText() == null ? "" : field.defaultText();
        return switch (type.kind()) {
            case BOOL -> Boolean.toString(text.toLowerCase(Locale.ROOT).equals("true"));
            case INT8, INT16 -> "(" + type.kind().javaType() + ") " + number(text);
            case UINT16, INT32 -> Long.toString(number(text));
            case UINT32, INT64 -> number(text) + "L";
            case FLOAT64 -> text.isEmpty() ? "0.0" : text;
            case UUID -> "ZERO_UUID";
            case STRING -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
            case BYTES -> field.view() ? "ByteBuffer.allocate(0)" : "new byte[0]";
            case RECORDS -> "Segments.of()";
            case STRUCT -> "new " + type.structName() + "()";
        };
    }

    /** An expression that is true when the field holds something else than its default. */
    static String isSet(Field field) {
        String name = field.javaName();
        if (isNull(field)) {
            return name + " != null";
        }
        String set = isSetWhenPresent(field, name);
        return field.isNullable() ? "(" + name + " == null || " + set + ")" : set;
    }

    private static String isSetWhenPresent(Field field, String name) {
        FieldType type = field.type();
        if (type.isList()) {
            return "!" + name + ".isEmpty()";
        }
        if (type.isPrimitiveArray()) {
            return name + ".length != 0";
        }
        return switch (type.kind()) {
            case BOOL -> value(field).equals("true") ? "!" + name : name;
            case STRING ->
                value(field).equals("\"\"") ? "!" + name + ".isEmpty()" : "!" + name + ".equals(" + value(field) + ")";
            case UUID -> "!" + name + ".equals(ZERO_UUID)";
            case BYTES -> field.view() ? name + ".hasRemaining()" : name + ".length != 0";
            case RECORDS -> name + ".sizeBytes() != 0";
            case STRUCT -> "!" + name + ".isDefault()";
            default -> name + " != " + value(field);
        };
    }

    private static long number(String text) {
        return text.isEmpty() ? 0 : Long.decode(text);
    }
}
