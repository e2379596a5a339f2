package io.penstock.internal.telemetry;

import io.penstock.internal.loop.Clock;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressor;
import io.penstock.wire.compress.Compressors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes what is pushed: the producer's metrics and those that the application has added (KIP-1076), encoded and compressed.
 *
 * <p>Under its own lock, on the callback thread, or on the loop when it has nothing else to do any more. The application's metrics
 * are {@link #MAX_ADDED} at most.
 */
public final class PayloadSource {

    static final int MAX_ADDED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(PayloadSource.class);

    private final Supplier<Collection<? extends Metric>> own;
    private final Clock clock;
    private final MetricPayload payload;
    private final Map<MetricName, Metric> added = new ConcurrentHashMap<>();
    private int lastSubscriptionId;

    /** @param resource what is said of the producer as a whole */
    public PayloadSource(Supplier<Collection<? extends Metric>> own, Map<String, String> resource, Clock clock) {
        this.own = own;
        this.clock = clock;
        this.payload = new MetricPayload(resource, clock.currentTimeMillis());
    }

    /** A metric of the application's; any thread. One more of the same name takes its place. */
    public void add(Metric metric) {
        if (added.size() < MAX_ADDED || added.containsKey(metric.metricName())) {
            added.put(metric.metricName(), metric);
        } else {
            LOG.warn("{} is not pushed to brokers: {} metrics have been added already", metric.metricName(), MAX_ADDED);
        }
    }

    public void remove(Metric metric) {
        added.remove(metric.metricName());
    }

    /** What a broker gets, and how it is compressed. */
    record Push(CompressionType compression, ByteBuffer bytes) {}

    synchronized Push make(Subscription subscription) {
        if (subscription.id() != lastSubscriptionId) {
            lastSubscriptionId = subscription.id();
            payload.reset();
        }
        List<Metric> all = new ArrayList<>(own.get());
        all.addAll(added.values());
        byte[] encoded = payload.encode(all, subscription, clock.currentTimeMillis());
        CompressionType type = subscription.compression();
        if (type != CompressionType.NONE) {
            try (Compressor compressor = Compressors.create(type)) {
                ByteBuffer compressed = compressor.compress(new ByteBuffer[] {ByteBuffer.wrap(encoded)}, 0, 1);
                return new Push(
                        type,
                        ByteBuffer.allocate(compressed.remaining())
                                .put(compressed)
                                .flip());
            } catch (RuntimeException e) {
                LOG.debug("The metrics go uncompressed: {} cannot be used", type.label(), e);
            }
        }
        return new Push(CompressionType.NONE, ByteBuffer.wrap(encoded));
    }
}
