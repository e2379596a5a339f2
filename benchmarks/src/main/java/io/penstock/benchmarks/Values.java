package io.penstock.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The values that are sent: noise, or texts that compress; the same in every process. */
final class Values {

    static final int DISTINCT = 1024;

    private Values() {}

    /** Arrays of bytes, or strings. */
    static Object[] of(Shape shape) {
        byte[][] bytes = bytesOf(shape);
        Object[] values = new Object[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = shape.content() == Content.TEXT ? new String(bytes[i], StandardCharsets.UTF_8) : bytes[i];
        }
        return values;
    }

    /** What they are once serialized. */
    static byte[][] bytesOf(Shape shape) {
        Random random = new Random(42);
        byte[][] values = new byte[DISTINCT][];
        for (int i = 0; i < values.length; i++) {
            if (shape.content() == Content.NOISE) {
                values[i] = new byte[shape.valueBytes()];
                random.nextBytes(values[i]);
            } else {
                values[i] = json(shape.valueBytes(), random);
            }
        }
        return values;
    }

    private static byte[] json(int size, Random random) {
        StringBuilder text = new StringBuilder("{");
        for (int field = 0; text.length() < size; field++) {
            text.append(field == 0 ? "" : ",")
                    .append("\"field")
                    .append(field)
                    .append("\":")
                    .append(field % 2 == 0 ? "\"user-" + random.nextInt(10_000) + "\"" : random.nextInt(1_000_000));
        }
        return text.substring(0, size - 1).concat("}").getBytes(StandardCharsets.UTF_8);
    }
}
