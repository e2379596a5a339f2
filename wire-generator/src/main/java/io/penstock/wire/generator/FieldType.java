package io.penstock.wire.generator;

import java.util.Set;

/** What a field holds: one value of a kind, or an array of them; {@code structName} is empty unless it is a structure. */
record FieldType(Kind kind, boolean array, String structName) {

    private static final Set<Kind> PRIMITIVE_ARRAYS = Set.of(Kind.INT8, Kind.INT16, Kind.INT32, Kind.INT64);
    private static final Set<Kind> LISTS = Set.of(Kind.STRING, Kind.UUID, Kind.STRUCT);

    static FieldType parse(String text) {
        boolean array = text.startsWith("[]");
        String name = array ? text.substring(2) : text;
        Kind kind = Kind.of(name);
        if (array && !PRIMITIVE_ARRAYS.contains(kind) && !LISTS.contains(kind)) {
            throw new SchemaException("arrays of " + name + " are not supported");
        }
        return new FieldType(kind, array, kind == Kind.STRUCT ? name : "");
    }

    boolean isStruct() {
        return kind == Kind.STRUCT && !array;
    }

    boolean isPrimitiveArray() {
        return array && PRIMITIVE_ARRAYS.contains(kind);
    }

    boolean isList() {
        return array && !isPrimitiveArray();
    }

    /** The Java type of one element, or of the field when it is not an array. */
    String elementType() {
        return kind == Kind.STRUCT ? structName : kind.javaType();
    }
}
