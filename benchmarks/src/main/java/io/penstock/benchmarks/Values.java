package io.penstock.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The values that are sent: noise, or texts that compress; the same in every process. */
final class Values {

    private static final int NOISE_COUNT = 1024;

    /** Of texts that are compressed: more than a batch or a codec's window holds, so that no codec sees one of them twice. */
    private static final int COMPRESSED_BYTES = 8 << 20;

    private Values() {}

    /** How many different ones are sent in turn; a power of two. */
    static int count(Shape shape) {
        return shape.content() == Content.JSON
                ? Math.max(NOISE_COUNT, Integer.highestOneBit(2 * COMPRESSED_BYTES / shape.valueBytes() - 1))
                : NOISE_COUNT;
    }

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
        byte[][] values = new byte[count(shape)][];
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
