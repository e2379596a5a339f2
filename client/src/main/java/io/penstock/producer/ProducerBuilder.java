package io.penstock.producer;

import io.penstock.serialization.Serializer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Settings by method instead of by key; begun with {@code KafkaProducer.builder}.
 *
 * <pre>{@code
 * try (KafkaProducer<String, String> producer = KafkaProducer.builder(new StringSerializer(), new StringSerializer())
 *         .bootstrapServers("localhost:9092")
 *         .compression(Compression.zstd(3))
 *         .linger(Duration.ofMillis(20))
 *         .build()) {
 *     producer.send(new ProducerRecord<>("greetings", "hello"));
 * }
 * }</pre>
 *
 * <p>Every setting without a method of its own goes through {@link #set}. Times are taken in whole milliseconds, as Kafka keeps
 * them. Nothing is checked before {@link #build}. One thread; may build several producers.
 */
public final class ProducerBuilder<K, V> {
    private final Serializer<K> keySerializer;
    private final Serializer<V> valueSerializer;
    private final Map<String, Object> settings = new LinkedHashMap<>();

    ProducerBuilder(Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        this.keySerializer = Objects.requireNonNull(keySerializer, "keySerializer");
        this.valueSerializer = Objects.requireNonNull(valueSerializer, "valueSerializer");
    }

    /** {@code host:port} of one or more brokers to begin with; an IPv6 address in brackets. */
    public ProducerBuilder<K, V> bootstrapServers(String... servers) {
        return set(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, List.of(servers));
    }

    /** The name under which brokers log and limit this producer. */
    public ProducerBuilder<K, V> clientId(String clientId) {
        return set(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    }

    /** The rack this producer stands in, for {@code partitioner.rack.aware}. */
    public ProducerBuilder<K, V> clientRack(String rack) {
        return set(ProducerConfig.CLIENT_RACK_CONFIG, rack);
    }

    public ProducerBuilder<K, V> acks(Acks acks) {
        return set(ProducerConfig.ACKS_CONFIG, acks.value());
    }

    /** On unless said otherwise; off allows reordering and duplicates when a batch is sent again (KIP-98). */
    public ProducerBuilder<K, V> idempotence(boolean enabled) {
        return set(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, enabled);
    }

    public ProducerBuilder<K, V> compression(Compression compression) {
        set(ProducerConfig.COMPRESSION_TYPE_CONFIG, compression.type());
        Integer level = compression.level();
        return level == null ? this : set("compression." + compression.type() + ".level", level);
    }

    /** How long a record may wait for company in its batch. 5 ms unless said otherwise. */
    public ProducerBuilder<K, V> linger(Duration linger) {
        return set(ProducerConfig.LINGER_MS_CONFIG, linger.toMillis());
    }

    /** The size at which a batch is sent without lingering, in bytes. 16384 unless said otherwise. */
    public ProducerBuilder<K, V> batchSize(int bytes) {
        return set(ProducerConfig.BATCH_SIZE_CONFIG, bytes);
    }

    /** All that the producer may hold, in bytes. 32 MiB unless said otherwise. */
    public ProducerBuilder<K, V> bufferMemory(long bytes) {
        return set(ProducerConfig.BUFFER_MEMORY_CONFIG, bytes);
    }

    /** The largest request, and so the largest record, in bytes. 1 MiB unless said otherwise. */
    public ProducerBuilder<K, V> maxRequestSize(int bytes) {
        return set(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, bytes);
    }

    /** How many requests a broker may owe an answer to; at most 5 with idempotence. */
    public ProducerBuilder<K, V> maxInFlightRequestsPerConnection(int count) {
        return set(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, count);
    }

    /** How long {@code send} may block. 60 s unless said otherwise. */
    public ProducerBuilder<K, V> maxBlock(Duration maxBlock) {
        return set(ProducerConfig.MAX_BLOCK_MS_CONFIG, maxBlock.toMillis());
    }

    /** By when a record is delivered or has failed, from the return of {@code send}. 120 s unless said otherwise (KIP-91). */
    public ProducerBuilder<K, V> deliveryTimeout(Duration timeout) {
        return set(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(timeout));
    }

    /** How long one request may wait for its answer. 30 s unless said otherwise. */
    public ProducerBuilder<K, V> requestTimeout(Duration timeout) {
        return set(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(timeout));
    }

    /** Replaces the built-in partitioner. The class needs a public constructor without parameters. */
    public ProducerBuilder<K, V> partitioner(Class<? extends Partitioner> partitioner) {
        return set(ProducerConfig.PARTITIONER_CLASS_CONFIG, partitioner);
    }

    /** The chain of interceptors, in order. Each class needs a public constructor without parameters. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    public final ProducerBuilder<K, V> interceptors(Class<? extends ProducerInterceptor<?, ?>>... interceptors) {
        return set(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, List.of(interceptors));
    }

    /** Any setting by its key; the constants are in {@link ProducerConfig}. */
    public ProducerBuilder<K, V> set(String key, Object value) {
        settings.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, key));
        return this;
    }

    /**
     * Checks the settings, starts the producer and returns at once; brokers are looked for in the background.
     *
     * @throws io.penstock.errors.ConfigException naming the setting that does not hold
     */
    public KafkaProducer<K, V> build() {
        return new KafkaProducer<>(new LinkedHashMap<>(settings), keySerializer, valueSerializer);
    }

    private static Object millis(Duration duration) {
        long millis = duration.toMillis();
        return millis == (int) millis ? (Object) (int) millis : Long.toString(millis); // too long: refused with its key
    }
}
