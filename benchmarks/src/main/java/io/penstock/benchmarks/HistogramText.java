package io.penstock.benchmarks;

import java.nio.ByteBuffer;
import java.util.Base64;
import org.HdrHistogram.Histogram;

/** Histograms as one word of text, to go through a pipe. */
final class HistogramText {

    private HistogramText() {}

    static String of(Histogram histogram) {
        ByteBuffer bytes = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        byte[] encoded = new byte[histogram.encodeIntoByteBuffer(bytes)];
        bytes.get(0, encoded);
        return Base64.getEncoder().encodeToString(encoded);
    }

    static Histogram parse(String text) {
        return Histogram.decodeFromByteBuffer(
                ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
    }
}
