package io.penstock.testkit.fake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Metrics that a client has pushed and a fake broker has taken (KIP-714). Immutable.
 *
 * @param clientInstanceId whose they are
 * @param subscriptionId what the client was told to answer to
 * @param isTerminating whether the client said that it was its last
 * @param compression what they came in: "none", "gzip", "snappy", "lz4" or "zstd"
 */
public record TelemetryPush(
        UUID clientInstanceId, int subscriptionId, boolean isTerminating, String compression, ByteBuffer metrics) {

    public TelemetryPush {
        metrics = metrics.asReadOnlyBuffer();
    }

    /** Decompressed, as OpenTelemetry's {@code MetricsData}. */
    @Override
    public ByteBuffer metrics() {
        return metrics.duplicate();
    }

    /** Whether a text stands in it, such as the name of a metric. */
    public boolean mentions(String text) {
        // One char for each byte, so that bytes which are no text cannot hide what follows.
        CharSequence all = StandardCharsets.ISO_8859_1.decode(metrics());
        return all.toString().contains(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }
}
