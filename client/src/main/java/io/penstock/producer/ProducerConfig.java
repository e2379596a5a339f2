package io.penstock.producer;

import io.penstock.internal.config.ConfigKeys;
import java.util.Set;

/**
 * The keys of the producer's settings, by the names that Kafka's {@code ProducerConfig} gives them. Times are in milliseconds. Each
 * constant's comment ends with type, default and accepted values.
 *
 * <p>Not every key is honoured yet: one that is not is refused when the producer is built, with the reason.
 */
public final class ProducerConfig {
    private ProducerConfig() {}

    /** Every key that is known. */
    public static Set<String> configNames() {
        return ConfigKeys.names();
    }

    /** Brokers to begin with, {@code host:port} separated by commas; an IPv6 address in brackets. List, required. */
    public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";

    /** Whether a name stands for all its addresses, tried in turn, or for the names they resolve back to. String, default {@code use_all_dns_ips}. */
    public static final String CLIENT_DNS_LOOKUP_CONFIG = "client.dns.lookup";

    /** When metadata is fetched anew although nothing asked for it. Long, default {@code 300000}, 0 or more. */
    public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

    /** When a topic that nobody sends to is forgotten (KIP-526). Long, default {@code 300000}, 5000 or more. */
    public static final String METADATA_MAX_IDLE_CONFIG = "metadata.max.idle.ms";

    /** Bytes at which a batch is sent without lingering. 0 sends every record by itself. Int, default {@code 16384}, 0 or more. */
    public static final String BATCH_SIZE_CONFIG = "batch.size";

    /** Whether records without a key go rather to partitions whose queues are short (KIP-794). Boolean, default {@code true}. */
    public static final String PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG =
            "partitioner.adaptive.partitioning.enable";

    /** Kafka's older name of this constant, misspelled there.
     * @deprecated use {@link #PARTITIONER_ADAPTIVE_PARTITIONING_ENABLE_CONFIG} */
    @Deprecated
    public static final String PARTITIONER_ADPATIVE_PARTITIONING_ENABLE_CONFIG =
            "partitioner.adaptive.partitioning.enable";

    /** After how long without room a partition is left out by the adaptive partitioner; 0 never. Long, default {@code 0}, 0 or more. */
    public static final String PARTITIONER_AVAILABILITY_TIMEOUT_MS_CONFIG = "partitioner.availability.timeout.ms";

    /** Whether keys have no say in the choice of the partition. Boolean, default {@code false}. */
    public static final String PARTITIONER_IGNORE_KEYS_CONFIG = "partitioner.ignore.keys";

    /** Whether leaders in {@code client.rack} are preferred (KIP-1123). Boolean, default {@code false}. */
    public static final String PARTITIONER_RACK_AWARE_CONFIG = "partitioner.rack.aware";

    /** How many replicas must have a record: {@code 0}, {@code 1}, or {@code all} in-sync ones, also written {@code -1}. String, default {@code all}. */
    public static final String ACKS_CONFIG = "acks";

    /** How long a record may wait for company in its batch. Long, default {@code 5}, 0 or more. */
    public static final String LINGER_MS_CONFIG = "linger.ms";

    /**
     * How many loops, each a thread, send: for machines and links of which one thread is the limit, which a profile shows by a thread
     * {@code penstock-sender-...} that is always busy. Each partition belongs to one of them for good, the partitions of a topic in
     * turn, so order within a partition, idempotence, {@code flush()}, {@code close()}, callbacks (on one thread) and
     * {@code buffer.memory} are as with one. Each loop has connections of its own, one to each broker that leads any of its
     * partitions, and with idempotence a producer id of its own: brokers see up to so many times the connections, logins and
     * {@code max.in.flight.requests.per.connection}, and more, smaller requests. A loop holds up to 300 KiB of buffers besides, more
     * with TLS, and with compression the codec's scratch. More loops than cores, or than partitions written to, are of no use. Not
     * with a {@code transactional.id}. Kafka's producer has no such key. Int, default {@code 1}, 1 to 64.
     */
    public static final String SENDER_THREADS_CONFIG = "sender.threads";

    /**
     * What the producer's threads, its loop and the one of callbacks, do while there is nothing to do. {@code park} sleeps until woken.
     * {@code yield} and {@code spin} go on looking, for latency: a record does not wait for a thread to wake up. They keep up to two
     * cores busy all the time, {@code yield} as far as nobody else wants them; with fewer cores to spare than that, {@code spin}
     * makes everything slower. Kafka's producer has no such key. String, default {@code park}.
     */
    public static final String LOOP_IDLE_STRATEGY_CONFIG = "loop.idle.strategy";

    /** How long one request may wait for its answer. Int, default {@code 30000}, 0 or more. */
    public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";

    /** By when a record is delivered or has failed, from the return of {@code send} (KIP-91). Int, default {@code 120000}, 0 or more. */
    public static final String DELIVERY_TIMEOUT_MS_CONFIG = "delivery.timeout.ms";

    /** The name under which brokers log and limit this producer; {@code producer-N} unless set. String, default empty. */
    public static final String CLIENT_ID_CONFIG = "client.id";

    /** The rack this producer stands in. String, default empty. */
    public static final String CLIENT_RACK_CONFIG = "client.rack";

    /** No rack. */
    public static final String DEFAULT_CLIENT_RACK = "";

    /** The socket's send buffer; -1, and not to set it, leaves it to the system. Int, default {@code 131072}, -1 or more. */
    public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

    /** The socket's receive buffer; -1 leaves it to the system. Int, default {@code 32768}, -1 or more. */
    public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

    /** The largest request, and so the largest record before compression, in bytes. Int, default {@code 1048576}, 0 or more. */
    public static final String MAX_REQUEST_SIZE_CONFIG = "max.request.size";

    /** The wait before the second attempt to reach a broker; it doubles from there. Long, default {@code 50}, 0 or more. */
    public static final String RECONNECT_BACKOFF_MS_CONFIG = "reconnect.backoff.ms";

    /** The longest such wait. Long, default {@code 1000}, 0 or more. */
    public static final String RECONNECT_BACKOFF_MAX_MS_CONFIG = "reconnect.backoff.max.ms";

    /** How long {@code send} may block for metadata and memory together. Long, default {@code 60000}, 0 or more. */
    public static final String MAX_BLOCK_MS_CONFIG = "max.block.ms";

    /** All that the producer may hold, in bytes. Long, default {@code 33554432}, 0 or more. */
    public static final String BUFFER_MEMORY_CONFIG = "buffer.memory";

    /** Both values are accepted and mean the same here: memory is always taken page by page as records come, never a whole {@code batch.size} ahead. String, default {@code full}. */
    public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_CONFIG = "buffer.memory.allocation.strategy";

    /** See {@link #BUFFER_MEMORY_ALLOCATION_STRATEGY_CONFIG}. */
    public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_FULL = "full";

    /** See {@link #BUFFER_MEMORY_ALLOCATION_STRATEGY_CONFIG}. */
    public static final String BUFFER_MEMORY_ALLOCATION_STRATEGY_INCREMENTAL = "incremental";

    /** The wait before the first retry of a request; it doubles from there (KIP-580). Long, default {@code 100}, 0 or more. */
    public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";

    /** The longest such wait. Long, default {@code 1000}, 0 or more. */
    public static final String RETRY_BACKOFF_MAX_MS_CONFIG = "retry.backoff.max.ms";

    /** How long bootstrap names may all stay unknown before those who wait for metadata are told; 0 for at once (KIP-909). Long, default {@code 0}, 0 or more. */
    public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG = "bootstrap.resolve.timeout.ms";

    /** Whether the brokers may ask for this client's metrics (KIP-714). Boolean, default {@code true}. */
    public static final String ENABLE_METRICS_PUSH_CONFIG = "enable.metrics.push";

    /** {@code none}, {@code gzip}, {@code snappy}, {@code lz4} or {@code zstd}, over whole batches. String, default {@code none}. */
    public static final String COMPRESSION_TYPE_CONFIG = "compression.type";

    /** From 1 to 9, or -1 for the default. Int, default {@code -1}, 1 to 9 or -1. */
    public static final String COMPRESSION_GZIP_LEVEL_CONFIG = "compression.gzip.level";

    /** From 1 to 17. Int, default {@code 9}, 1 to 17. */
    public static final String COMPRESSION_LZ4_LEVEL_CONFIG = "compression.lz4.level";

    /** From -131072 to 22. Int, default {@code 3}, -131072 to 22. */
    public static final String COMPRESSION_ZSTD_LEVEL_CONFIG = "compression.zstd.level";

    /** The time one sample of a metric covers. Long, default {@code 30000}, 0 or more. */
    public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

    /** How many samples a metric keeps. Int, default {@code 2}, 1 or more. */
    public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

    /** How much is measured: {@code INFO}, {@code DEBUG} or {@code TRACE}. String, default {@code INFO}. */
    public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

    /** Classes that are told of every metric. List, default {@code [org.apache.kafka.common.metrics.JmxReporter]}. */
    public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

    /** How many requests a broker may owe an answer to; at most 5 with idempotence. Int, default {@code 5}, 1 or more. */
    public static final String MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION = "max.in.flight.requests.per.connection";

    /** How often a batch is sent again; better bounded by {@code delivery.timeout.ms}. Int, default {@code 2147483647}, 0 to 2147483647. */
    public static final String RETRIES_CONFIG = "retries";

    /** The class that serializes keys. Class, required. */
    public static final String KEY_SERIALIZER_CLASS_CONFIG = "key.serializer";

    /** The class that serializes values. Class, required. */
    public static final String VALUE_SERIALIZER_CLASS_CONFIG = "value.serializer";

    /** How long the first attempt to connect to a broker may take; it doubles from there (KIP-601). Long, default {@code 10000}. */
    public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG = "socket.connection.setup.timeout.ms";

    /** The longest such time. Long, default {@code 30000}. */
    public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG = "socket.connection.setup.timeout.max.ms";

    /** When an idle connection is closed; negative never. Long, default {@code 540000}. */
    public static final String CONNECTIONS_MAX_IDLE_MS_CONFIG = "connections.max.idle.ms";

    /** The class that chooses partitions in place of the built-in partitioner. Class, default none. */
    public static final String PARTITIONER_CLASS_CONFIG = "partitioner.class";

    /** Classes that see every record, in order (KIP-42). List, default empty. */
    public static final String INTERCEPTOR_CLASSES_CONFIG = "interceptor.classes";

    /** Whether a batch sent again is written once and in order (KIP-98). Boolean, default {@code true}. */
    public static final String ENABLE_IDEMPOTENCE_CONFIG = "enable.idempotence";

    /** How long a transaction may stay open before the broker aborts it. Int, default {@code 60000}. */
    public static final String TRANSACTION_TIMEOUT_CONFIG = "transaction.timeout.ms";

    /** The name that makes this producer transactional. String, default none. */
    public static final String TRANSACTIONAL_ID_CONFIG = "transactional.id";

    /** Whether transactions wait for an outside coordinator for ever (KIP-939). Boolean, default {@code false}. */
    public static final String TRANSACTION_TWO_PHASE_COMMIT_ENABLE_CONFIG = "transaction.two.phase.commit.enable";

    /** Classes that create security providers. String, default none. */
    public static final String SECURITY_PROVIDERS_CONFIG = "security.providers";
}
