package io.penstock.benchmarks;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** Histograms as one word of text, to go through a pipe: encoded, or {@code =} and pairs of value and count. */
final class HistogramText {

    private static final long HIGHEST_NANOS = 3_600_000_000_000L;

    private HistogramText() {}

    static String of(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        byte[] encoded = new byte[histogram.encodeIntoByteBuffer(bytes)];
        bytes.get(0, encoded);
        return Base64.getEncoder().encodeToString(encoded);
    }

    static Histogram parse(String text) {
        if (text.startsWith("=")) {
            return ofPairs(text.substring(1));
        }
        return Histogram.decodeFromByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    }

    private static Histogram ofPairs(String text) {
        Histogram histogram = new Histogram(HIGHEST_NANOS, 3);
        for (String pair : text.split(",")) {
            int colon = pair.indexOf(':');
            histogram.recordValueWithCount(
                    Long.parseLong(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
        }
        return histogram;
    }
}
