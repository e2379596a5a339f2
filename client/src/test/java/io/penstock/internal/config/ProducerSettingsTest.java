package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.serialization.StringSerializer;
import io.penstock.wire.compress.CompressionType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {
    private static Map<String, Object> with(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>(Map.of("bootstrap.servers", "localhost:9092"));
        configs.put("key.serializer", StringSerializer.class);
        configs.put("value.serializer", StringSerializer.class);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return configs;
    }

    private static ProducerSettings settings(Object... keysAndValues) {
        return ProducerSettings.from(with(keysAndValues), false, false);
    }

    private static Map<String, Object> forApache(Map<String, Object> configs) {
        Map<String, Object> copy = new HashMap<>(configs);
        copy.put("key.serializer", org.apache.kafka.common.serialization.StringSerializer.class);
        copy.put("value.serializer", org.apache.kafka.common.serialization.StringSerializer.class);
        return copy;
    }

    @Test
    void sendBuffer_isTheSystems_unlessTheUserHasSetIt() {
        assertThat(settings().connection().sendBufferBytes()).isEqualTo(-1);
        assertThat(settings("send.buffer.bytes", 131_072).connection().sendBufferBytes())
                .as("also where it is Kafka's default")
                .isEqualTo(131_072);
        assertThat(settings("send.buffer.bytes", -1).connection().sendBufferBytes())
                .isEqualTo(-1);
    }

    @Test
    void from_whenNothingIsSet_takesKafkasDefaults() {
        ProducerSettings settings = settings();
        assertThat(settings.client().clientId()).startsWith("producer-");
        assertThat(settings.client().clientRack()).isEmpty();
        assertThat(settings.client().maxBlockNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(60));
        assertThat(settings.batch())
                .isEqualTo(new BatchSettings(16_384, false, 5_000_000, 33_554_432, 1_048_576, CompressionType.NONE, 0));
        assertThat(settings.delivery())
                .isEqualTo(new DeliverySettings(
                        (short) -1,
                        true,
                        Integer.MAX_VALUE,
                        TimeUnit.SECONDS.toNanos(120),
                        TimeUnit.SECONDS.toNanos(30),
                        5,
                        TimeUnit.MILLISECONDS.toNanos(100),
                        TimeUnit.SECONDS.toNanos(1)));
        assertThat(settings.connection())
                .isEqualTo(new ConnectionSettings(
                        List.of(new HostPort("localhost", 9092)),
                        DnsLookup.USE_ALL_DNS_IPS,
                        0,
                        TimeUnit.SECONDS.toNanos(10),
                        TimeUnit.SECONDS.toNanos(30),
                        TimeUnit.MILLISECONDS.toNanos(50),
                        TimeUnit.SECONDS.toNanos(1),
                        TimeUnit.MINUTES.toNanos(9),
                        -1, // on purpose: docs/MIGRATION.md
                        32_768,
                        settings.client().clientId()));
        assertThat(settings.metadata())
                .isEqualTo(new MetadataSettings(
                        TimeUnit.MINUTES.toNanos(5),
                        TimeUnit.MINUTES.toNanos(5),
                        TimeUnit.MILLISECONDS.toNanos(100),
                        TimeUnit.SECONDS.toNanos(1),
                        true,
                        TimeUnit.MINUTES.toNanos(5),
                        true));
        assertThat(settings.partition()).isEqualTo(new PartitionSettings(false, true, 0, false, ""));
        assertThat(settings.metrics())
                .isEqualTo(new MetricSettings(2, TimeUnit.SECONDS.toNanos(30), MetricLevel.INFO, true));
        assertThat(settings.plugins().createPartitioner()).isNull();
        assertThat(settings.plugins().createInterceptors()).isEmpty();
    }

    @Test
    void clientId_countsUpUnlessSet() {
        assertThat(settings().client().clientId())
                .isNotEqualTo(settings().client().clientId());
        assertThat(settings("client.id", " mine ").client().clientId()).isEqualTo("mine");
    }

    @Test
    void idempotence_followsKafkasRules() {
        for (Object asked : Arrays.asList(null, true, false)) {
            for (String acks : Arrays.asList(null, "0", "1", "-1", "all")) {
                for (Integer retries : Arrays.asList(null, 0, 1)) {
                    for (Integer inFlight : Arrays.asList(null, 1, 5, 6)) {
                        Map<String, Object> configs = with();
                        putIfSet(configs, "enable.idempotence", asked);
                        putIfSet(configs, "acks", acks);
                        putIfSet(configs, "retries", retries);
                        putIfSet(configs, "max.in.flight.requests.per.connection", inFlight);
                        assertThat(oursIdempotent(configs)).as("%s", configs).isEqualTo(theirsIdempotent(configs));
                    }
                }
            }
        }
    }

    private static void putIfSet(Map<String, Object> configs, String key, Object value) {
        if (value != null) {
            configs.put(key, value);
        }
    }

    private static String oursIdempotent(Map<String, Object> configs) {
        try {
            DeliverySettings delivery =
                    ProducerSettings.from(configs, false, false).delivery();
            return delivery.acks() + " " + delivery.idempotent();
        } catch (ConfigException e) {
            return "refused";
        }
    }

    private static String theirsIdempotent(Map<String, Object> configs) {
        try {
            ProducerConfig config = new ProducerConfig(forApache(configs));
            return config.getString("acks") + " " + config.getBoolean("enable.idempotence");
        } catch (org.apache.kafka.common.config.ConfigException e) {
            return "refused";
        }
    }

    @Test
    void deliveryTimeout_followsKafkasRules() throws Exception {
        Method theirs = Arrays.stream(KafkaProducer.class.getDeclaredMethods())
                .filter(m -> m.getName().equals("configureDeliveryTimeout"))
                .findFirst()
                .orElseThrow();
        theirs.setAccessible(true);
        for (Integer delivery : Arrays.asList(null, 0, 99, 100, 105, 30_005, 200_000, Integer.MAX_VALUE)) {
            for (Integer request : Arrays.asList(null, 0, 100, 119_996, Integer.MAX_VALUE)) {
                for (Long linger : Arrays.asList(null, 0L, 5L, 130_000L, Long.MAX_VALUE)) {
                    Map<String, Object> configs = with();
                    putIfSet(configs, "delivery.timeout.ms", delivery);
                    putIfSet(configs, "request.timeout.ms", request);
                    putIfSet(configs, "linger.ms", linger);
                    assertThat(ourTimeout(configs)).as("%s", configs).isEqualTo(theirTimeout(theirs, configs));
                }
            }
        }
    }

    private static String ourTimeout(Map<String, Object> configs) {
        try {
            long nanos = ProducerSettings.from(configs, false, false).delivery().deliveryTimeoutNanos();
            return Long.toString(TimeUnit.NANOSECONDS.toMillis(nanos));
        } catch (ConfigException e) {
            return "refused";
        }
    }

    private static String theirTimeout(Method theirs, Map<String, Object> configs) throws Exception {
        List<Object> arguments = new ArrayList<>();
        for (Class<?> type : theirs.getParameterTypes()) {
            arguments.add(
                    type == ProducerConfig.class
                            ? new ProducerConfig(forApache(configs))
                            : org.slf4j.LoggerFactory.getLogger("kafka"));
        }
        try {
            return theirs.invoke(null, arguments.toArray()).toString();
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(org.apache.kafka.common.config.ConfigException.class);
            return "refused";
        }
    }

    @Test
    void reconnectBackoff_whenOnlyTheFirstIsSet_isConstant() {
        for (Long first : Arrays.asList(null, 0L, 10L, 5000L)) {
            for (Long longest : Arrays.asList(null, 0L, 100L, 9000L)) {
                Map<String, Object> configs = with();
                putIfSet(configs, "reconnect.backoff.ms", first);
                putIfSet(configs, "reconnect.backoff.max.ms", longest);
                ProducerConfig theirs = new ProducerConfig(forApache(configs));
                ConnectionSettings ours =
                        ProducerSettings.from(configs, false, false).connection();
                assertThat(ours.reconnectBackoffMaxNanos())
                        .isEqualTo(TimeUnit.MILLISECONDS.toNanos(theirs.getLong("reconnect.backoff.max.ms")));
                assertThat(ours.reconnectBackoffNanos()).isLessThanOrEqualTo(ours.reconnectBackoffMaxNanos());
            }
        }
    }

    @Test
    void backoffsAndSetupTimeouts_neverStartAboveTheirLongest() {
        assertThat(settings("retry.backoff.ms", 5000, "retry.backoff.max.ms", 100)
                        .delivery()
                        .retryBackoffNanos())
                .isEqualTo(100_000_000);
        ConnectionSettings connection =
                settings("socket.connection.setup.timeout.ms", 50_000).connection();
        assertThat(connection.setupTimeoutNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(30));
        assertThatThrownBy(() -> settings("socket.connection.setup.timeout.ms", -1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("socket.connection.setup.timeout.ms");
    }

    @Test
    void times_howeverLong_fitIntoNanos() {
        ProducerSettings settings =
                settings("max.block.ms", Long.MAX_VALUE, "metadata.max.age.ms", Long.MAX_VALUE, "linger.ms", 1);
        assertThat(settings.client().maxBlockNanos()).isEqualTo(ConfigValues.LONGEST_NANOS);
        assertThat(settings.metadata().maxAgeNanos()).isEqualTo(ConfigValues.LONGEST_NANOS);
        assertThat(settings("connections.max.idle.ms", -7).connection().maxIdleNanos())
                .isEqualTo(-1);
    }

    @Test
    void compression_takesTheLevelOfItsOwnCodec() {
        BatchSettings batch = settings("compression.type", "zstd", "compression.zstd.level", -5, "batch.size", "16384")
                .batch();
        assertThat(batch.compressionType()).isEqualTo(CompressionType.ZSTD);
        assertThat(batch.compressionLevel()).isEqualTo(-5);
        assertThat(batch.batchSizeSet()).isTrue();
        assertThat(settings("compression.type", "lz4").batch().compressionLevel())
                .isEqualTo(9);
        assertThat(settings("compression.type", "gzip").batch().compressionLevel())
                .isEqualTo(-1);
        assertThat(settings("compression.type", "snappy").batch().compressionType())
                .isEqualTo(CompressionType.SNAPPY);
    }

    @Test
    void clusterCheck_withoutRebootstrap_isOff() {
        MetadataSettings metadata =
                settings("metadata.recovery.strategy", "None").metadata();
        assertThat(metadata.rebootstrap()).isFalse();
        assertThat(metadata.clusterCheck()).isFalse();
    }

    @Test
    void from_whenSomethingRequiredIsMissing_namesIt() {
        Map<String, Object> noServers = with();
        noServers.remove("bootstrap.servers");
        assertThatThrownBy(() -> ProducerSettings.from(noServers, false, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("bootstrap.servers");
        Map<String, Object> noSerializer = with();
        noSerializer.remove("value.serializer");
        assertThatThrownBy(() -> ProducerSettings.from(noSerializer, true, false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.serializer");
        assertThat(ProducerSettings.from(noSerializer, false, true)).isNotNull();
    }

    @Test
    void toMap_takesTheDefaultsOfPropertiesAlong() {
        Properties defaults = new Properties();
        defaults.setProperty("acks", "1");
        Properties properties = new Properties(defaults);
        properties.put("key.serializer", StringSerializer.class);
        assertThat(ProducerSettings.toMap(properties))
                .containsOnly(Map.entry("acks", "1"), Map.entry("key.serializer", StringSerializer.class));
        properties.put(7, "x");
        assertThatThrownBy(() -> ProducerSettings.toMap(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("7");
    }

    @Test
    void toString_showsNoValueOfAnUnknownKey() {
        // prevents a plug-in's password from reaching a log with the settings
        ProducerSettings settings = settings("my.registry.password", "hunter2");
        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.plugins().originals().toString()).doesNotContain("hunter2");
    }

    @Test
    void from_whenTransactional_needsIdempotence() {
        for (Map<String, Object> without : List.<Map<String, Object>>of(
                Map.of("enable.idempotence", false), Map.of("acks", "1"), Map.of("retries", 0))) {
            Map<String, Object> configs = new HashMap<>(without);
            configs.put("bootstrap.servers", "localhost:9092");
            configs.put("transactional.id", "orders");
            assertThatThrownBy(() -> ProducerSettings.from(configs, true, true))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("transactional.id=orders");
        }
    }

    @Test
    void from_whenTransactional_hasOneLoop() {
        Map<String, Object> configs = new HashMap<>(
                Map.of("bootstrap.servers", "localhost:9092", "transactional.id", "orders", "sender.threads", 1));
        assertThat(ProducerSettings.from(configs, true, true).client().senderThreads())
                .isEqualTo(1);
        configs.put("sender.threads", 4);
        assertThatThrownBy(() -> ProducerSettings.from(configs, true, true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("transactional.id=orders")
                .hasMessageContaining("sender.threads=4");
    }

    @Test
    void from_whenTransactional_theIdGivesTheClientIdUnlessThatIsSet() {
        Map<String, Object> configs =
                new HashMap<>(Map.of("bootstrap.servers", "localhost:9092", "transactional.id", "orders"));
        ProducerSettings settings = ProducerSettings.from(configs, true, true);
        assertThat(settings.client().clientId()).isEqualTo("producer-orders");
        assertThat(settings.transaction().timeoutMillis()).isEqualTo(60_000);
        assertThat(settings.transaction().twoPhaseCommit()).isFalse();
        configs.put("client.id", "mine");
        assertThat(ProducerSettings.from(configs, true, true).client().clientId())
                .isEqualTo("mine");
    }

    @Test
    void from_whenTwoPhaseCommit_excludesATimeoutAndNeedsAnId() {
        Map<String, Object> configs = new HashMap<>(
                Map.of("bootstrap.servers", "localhost:9092", "transaction.two.phase.commit.enable", true));
        assertThatThrownBy(() -> ProducerSettings.from(configs, true, true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("transactional.id");
        configs.put("transactional.id", "orders");
        assertThat(ProducerSettings.from(configs, true, true).transaction().timeoutMillis())
                .isEqualTo(Integer.MAX_VALUE);
        configs.put("transaction.timeout.ms", 60_000);
        assertThatThrownBy(() -> ProducerSettings.from(configs, true, true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("transaction.timeout.ms");
    }
}
