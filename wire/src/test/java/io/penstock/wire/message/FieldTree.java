package io.penstock.wire.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;

/**
 * The content of a message apart from any class for it: field names to values.
 *
 * <p>Whole numbers are {@code Long}, bytes and records {@code ByteBuffer}, arrays lists, structures maps. Which fields
 * a version has, and which of them may be null, is taken from Apache's own {@code Schema}, so that our generator is
 * not its own judge.
 */
final class FieldTree {

    private static final String[] STRINGS = {
        "", "topic", "a.b_c-d", "\u00e9t\u00e9", "\u6c34\u9580", "\ud83d\udca7", "\u0000\u007f\u0080\u07ff\u0800\uffff"
    };
    private static final int LONGEST_STRING = Short.MAX_VALUE;

    private FieldTree() {}

    /** A random content; edge values are likely. */
    static Map<String, Object> random(Schema schema, Random random) {
        Map<String, Object> tree = new LinkedHashMap<>();
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                for (Field tag : tagged.fields().values()) {
                    if (random.nextBoolean()) {
                        tree.put(javaName(tag), value(tag.type, random));
                    }
                }
            } else {
                tree.put(javaName(field.def), value(field.def.type, random));
            }
        }
        return tree;
    }

    /** The fields of a schema, the tagged ones among them. */
    static List<Field> fields(Schema schema) {
        List<Field> fields = new ArrayList<>();
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                fields.addAll(tagged.fields().values());
            } else {
                fields.add(field.def);
            }
        }
        return fields;
    }

    /** {@code topic_id} is {@code topicId} in both sets of classes. */
    static String javaName(Field field) {
        StringBuilder name = new StringBuilder();
        boolean upper = false;
        for (char c : field.name.toCharArray()) {
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.toString();
    }

    private static Object value(Type type, Random random) {
        if (type.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        if (type.isArray()) {
            int count = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(3);
            List<Object> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(value(type.arrayElementType().orElseThrow(), random));
            }
            return all;
        }
        if (type instanceof Schema schema) {
            return random(schema, random);
        }
        String name = type.toString().replace("COMPACT_", "").replace("NULLABLE_", "");
        return switch (name) {
            case "BOOLEAN" -> random.nextBoolean();
            case "INT8" -> (long) (byte) whole(random, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case "INT16" -> (long) (short) whole(random, Short.MIN_VALUE, Short.MAX_VALUE);
            case "UINT16" -> whole(random, 0, 0xffff) & 0xffff;
            case "INT32" -> (long) (int) whole(random, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case "UINT32" -> whole(random, 0, 0xffff_ffffL) & 0xffff_ffffL;
            case "INT64" -> whole(random, Long.MIN_VALUE, Long.MAX_VALUE);
            case "FLOAT64" -> random.nextDouble();
            case "UUID" -> random.nextInt(4) == 0 ? new UUID(0, 0) : new UUID(random.nextLong(), random.nextLong());
            case "STRING" -> string(random);
            case "BYTES", "RECORDS" -> bytes(random);
            default -> throw new AssertionError("no random value for " + type);
        };
    }

    private static long whole(Random random, long lowest, long highest) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> lowest;
            case 3 -> highest;
            default -> random.nextLong();
        };
    }

    private static String string(Random random) {
        if (random.nextInt(200) == 0) {
            return "x".repeat(LONGEST_STRING);
        }
        return STRINGS[random.nextInt(STRINGS.length)];
    }

    private static ByteBuffer bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(4) == 0 ? 0 : random.nextInt(300)];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
