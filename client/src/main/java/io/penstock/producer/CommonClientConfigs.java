package io.penstock.producer;

/**
 * The keys of settings that Kafka's {@code CommonClientConfigs} names, as far as a producer has them; those that {@link ProducerConfig}
 * has, too, are explained there.
 */
public final class CommonClientConfigs {
    private CommonClientConfigs() {}

    /** As {@link ProducerConfig#BOOTSTRAP_SERVERS_CONFIG}. */
    public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";

    /** As {@link ProducerConfig#CLIENT_DNS_LOOKUP_CONFIG}. */
    public static final String CLIENT_DNS_LOOKUP_CONFIG = "client.dns.lookup";

    /** As {@link ProducerConfig#BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG}. */
    public static final String BOOTSTRAP_RESOLVE_TIMEOUT_MS_CONFIG = "bootstrap.resolve.timeout.ms";

    /** As {@link ProducerConfig#METADATA_MAX_AGE_CONFIG}. */
    public static final String METADATA_MAX_AGE_CONFIG = "metadata.max.age.ms";

    /** As {@link ProducerConfig#SEND_BUFFER_CONFIG}. */
    public static final String SEND_BUFFER_CONFIG = "send.buffer.bytes";

    /** As {@link ProducerConfig#RECEIVE_BUFFER_CONFIG}. */
    public static final String RECEIVE_BUFFER_CONFIG = "receive.buffer.bytes";

    /** As {@link ProducerConfig#CLIENT_ID_CONFIG}. */
    public static final String CLIENT_ID_CONFIG = "client.id";

    /** As {@link ProducerConfig#CLIENT_RACK_CONFIG}. */
    public static final String CLIENT_RACK_CONFIG = "client.rack";

    /** The value of {@link #CLIENT_RACK_CONFIG} when it is not set. */
    public static final String DEFAULT_CLIENT_RACK = "";

    /** As {@link ProducerConfig#RECONNECT_BACKOFF_MS_CONFIG}. */
    public static final String RECONNECT_BACKOFF_MS_CONFIG = "reconnect.backoff.ms";

    /** As {@link ProducerConfig#RECONNECT_BACKOFF_MAX_MS_CONFIG}. */
    public static final String RECONNECT_BACKOFF_MAX_MS_CONFIG = "reconnect.backoff.max.ms";

    /** As {@link ProducerConfig#RETRIES_CONFIG}. */
    public static final String RETRIES_CONFIG = "retries";

    /** As {@link ProducerConfig#RETRY_BACKOFF_MS_CONFIG}. */
    public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";

    /** As {@link ProducerConfig#RETRY_BACKOFF_MAX_MS_CONFIG}. */
    public static final String RETRY_BACKOFF_MAX_MS_CONFIG = "retry.backoff.max.ms";

    /** As {@link ProducerConfig#ENABLE_METRICS_PUSH_CONFIG}. */
    public static final String ENABLE_METRICS_PUSH_CONFIG = "enable.metrics.push";

    /** As {@link ProducerConfig#METRICS_SAMPLE_WINDOW_MS_CONFIG}. */
    public static final String METRICS_SAMPLE_WINDOW_MS_CONFIG = "metrics.sample.window.ms";

    /** As {@link ProducerConfig#METRICS_NUM_SAMPLES_CONFIG}. */
    public static final String METRICS_NUM_SAMPLES_CONFIG = "metrics.num.samples";

    /** As {@link ProducerConfig#METRICS_RECORDING_LEVEL_CONFIG}. */
    public static final String METRICS_RECORDING_LEVEL_CONFIG = "metrics.recording.level";

    /** As {@link ProducerConfig#METRIC_REPORTER_CLASSES_CONFIG}. */
    public static final String METRIC_REPORTER_CLASSES_CONFIG = "metric.reporters";

    /** What the settings begin with that reporters are told as labels (KIP-606). */
    public static final String METRICS_CONTEXT_PREFIX = "metrics.context.";

    /** {@code security.protocol}. */
    public static final String SECURITY_PROTOCOL_CONFIG = "security.protocol";

    /** The value of {@link #SECURITY_PROTOCOL_CONFIG} when it is not set. */
    public static final String DEFAULT_SECURITY_PROTOCOL = "PLAINTEXT";

    /** As {@link ProducerConfig#SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG}. */
    public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG = "socket.connection.setup.timeout.ms";

    /** As {@link ProducerConfig#SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG}. */
    public static final String SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG = "socket.connection.setup.timeout.max.ms";

    /** As {@link ProducerConfig#CONNECTIONS_MAX_IDLE_MS_CONFIG}. */
    public static final String CONNECTIONS_MAX_IDLE_MS_CONFIG = "connections.max.idle.ms";

    /** As {@link ProducerConfig#REQUEST_TIMEOUT_MS_CONFIG}. */
    public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";

    /** {@code metadata.recovery.strategy}. */
    public static final String METADATA_RECOVERY_STRATEGY_CONFIG = "metadata.recovery.strategy";

    /** {@code metadata.recovery.rebootstrap.trigger.ms}. */
    public static final String METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG =
            "metadata.recovery.rebootstrap.trigger.ms";

    /** {@code metadata.cluster.check.enable}. */
    public static final String METADATA_CLUSTER_CHECK_ENABLE_CONFIG = "metadata.cluster.check.enable";
}
