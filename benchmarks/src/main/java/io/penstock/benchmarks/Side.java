package io.penstock.benchmarks;

import io.penstock.kafka.PenstockProducer;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** One of the producers that are compared, each used through its own API. Values are arrays of bytes or strings, by the shape. */
interface Side extends AutoCloseable {

    String KAFKA = "kafka";
    String PENSTOCK = "penstock";

    /** Penstock behind Apache's interface. */
    String ADAPTER = "adapter";

    /** No producer: how late the thread is that paces the sends. */
    String NOBODY = "nobody";

    /** No producer, but a loop that does what none can do without. */
    String BARE_LOOP = "bare-loop";

    static Side of(String name, Map<String, Object> settings, Shape shape) {
        return switch (name) {
            case KAFKA ->
                new KafkaSide(
                        new KafkaProducer<>(settings, new ByteArraySerializer(), apacheSerializer(shape)),
                        shape.topic());
            case ADAPTER ->
                new KafkaSide(
                        new PenstockProducer<>(settings, new ByteArraySerializer(), apacheSerializer(shape)),
                        shape.topic());
            case PENSTOCK -> new PenstockSide(settings, shape);
            case NOBODY -> new NobodySide();
            case BARE_LOOP -> new BareLoopSide(settings, shape);
            default -> throw new IllegalArgumentException("No producer is called " + name);
        };
    }

    @SuppressWarnings("unchecked") // the shape's values are what the serializer takes
    private static Serializer<Object> apacheSerializer(Shape shape) {
        return (Serializer<Object>)
                (Serializer<?>) (shape.content() == Content.TEXT ? new StringSerializer() : new ByteArraySerializer());
    }

    /** Sends without waiting; failures are counted. */
    void send(int partition, Object value);

    /** Sends without waiting; the callback records the nanoseconds since {@code intendedNanos}. */
    void sendTimed(Object value, long intendedNanos, Histogram latencies);

    void flush();

    /** Of a side with a transactional id. */
    TransactionCalls transactions();

    /** Begins a transaction, sends so many records of this value, and commits. */
    default void transaction(int records, Object value) {
        TransactionCalls calls = transactions();
        calls.begin().run();
        for (int i = 0; i < records; i++) {
            send(-1, value);
        }
        calls.commit().run();
    }

    /** Records that were not acknowledged, so far. */
    long failedCount();

    /** A metric of the group {@code producer-metrics}, by the producer's own count. */
    double total(String metric);

    @Override
    void close();
}
