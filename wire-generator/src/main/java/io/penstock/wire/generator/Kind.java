package io.penstock.wire.generator;

/** The protocol's types, each with how it looks in Java and the reader's and writer's methods for it. */
enum Kind {
    BOOL("bool", "boolean", 1, "Boolean"),
    INT8("int8", "byte", 1, "Byte"),
    INT16("int16", "short", 2, "Short"),
    UINT16("uint16", "int", 2, "UnsignedShort"),
    INT32("int32", "int", 4, "Int"),
    UINT32("uint32", "long", 4, "UnsignedInt"),
    INT64("int64", "long", 8, "Long"),
    FLOAT64("float64", "double", 8, "Double"),
    UUID("uuid", "UUID", 16, "Uuid"),
    STRING("string", "String", 0, "String"),
    BYTES("bytes", "byte[]", 0, "Bytes"),
    RECORDS("records", "Segments", 0, "Segments"),
    /** Any name that is none of the above. */
    STRUCT("", "", 0, "");

    private final String schemaName;
    private final String javaType;
    private final int fixedSizeBytes;
    private final String method;

    Kind(String schemaName, String javaType, int fixedSizeBytes, String method) {
        this.schemaName = schemaName;
        this.javaType = javaType;
        this.fixedSizeBytes = fixedSizeBytes;
        this.method = method;
    }

    static Kind of(String schemaName) {
        for (Kind kind : values()) {
            if (kind.schemaName.equals(schemaName)) {
                return kind;
            }
        }
        return STRUCT;
    }

    String javaType() {
        return javaType;
    }

    /** Bytes on the wire, the same in each version; 0 when it has a length before it. */
    int fixedSizeBytes() {
        return fixedSizeBytes;
    }

    /** What stands after {@code read} and {@code write} in the names of the methods for it. */
    String method() {
        return method;
    }

    boolean isFixed() {
        return fixedSizeBytes > 0;
    }

    boolean isPrimitive() {
        return isFixed() && this != UUID;
    }
}
