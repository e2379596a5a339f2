package io.penstock.wire.generator;

/**
 * The fewest bytes that a value can take on the wire.
 *
 * <p>The reader refuses an array that claims more elements than what remains of the frame could hold at this size, so
 * it has to be a lower bound in every version, and at least 1.
 */
final class MinimumSize {

    private final MessageSchema schema;

    MinimumSize(MessageSchema schema) {
        this.schema = schema;
    }

    /** Of one element of the array that {@code field} holds. */
    int ofElement(Field field) {
        int smallest = Integer.MAX_VALUE;
        for (int version = field.versions().from(); version <= field.versions().to(); version++) {
            smallest = Math.min(smallest, element(field, version));
        }
        return Math.max(1, smallest);
    }

    private int element(Field field, int version) {
        FieldType type = field.type();
        boolean flexible = field.flexible().contains(version);
        return switch (type.kind()) {
            case STRUCT -> struct(schema.struct(type.structName()), version);
            case STRING -> flexible ? 1 : 2;
            case BYTES, RECORDS -> flexible ? 1 : 4;
            default -> type.kind().fixedSizeBytes();
        };
    }

    private int struct(Struct struct, int version) {
        int sum = schema.flexible().contains(version) ? 1 : 0;
        for (Field field : struct.body()) {
            if (field.versions().contains(version)) {
                sum += field(field, version);
            }
        }
        return sum;
    }

    private int field(Field field, int version) {
        if (field.type().array()) {
            return field.flexible().contains(version) ? 1 : 4;
        }
        boolean maybeNull = field.type().isStruct() && field.nullable().contains(version);
        return maybeNull ? 1 : element(field, version);
    }
}
