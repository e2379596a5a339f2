package io.penstock.testkit.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ClusterAuthorizationException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.errors.TransactionalIdAuthorizationException;
import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.BrokerListener;
import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.SecurityProtocol;
import io.penstock.testkit.TopicReader;
import io.penstock.testkit.producer.Witness;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real broker that ends sessions after two seconds and asks an authorizer about everything. */
class SessionsAndAclsIT {

    private static final int TIMEOUT_SECONDS = 60;

    /** So many in a row are not cut by chance. */
    private static final int STREAMS = 4;

    private static final String MODULE = "org.apache.kafka.common.security.plain.PlainLoginModule required";
    private static EmbeddedKafka kafka;
    private static Admin admin;

    @BeforeAll
    static void startBroker() {
        kafka = EmbeddedKafka.builder()
                .config("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                .config("super.users", "User:ANONYMOUS")
                .config("auto.create.topics.enable", "false")
                .config("connections.max.reauth.ms", "2000")
                .listener(new BrokerListener(
                        "SASL",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "PLAIN",
                                "plain.sasl.jaas.config",
                                MODULE + " user_alice=\"a\" user_bob=\"b\";")))
                .start();
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
    }

    @AfterAll
    static void stopBroker() {
        admin.close();
        kafka.close();
    }

    private static KafkaProducer<String, String> producer(String user, String password, Object... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers("SASL"));
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", "PLAIN");
        configs.put("max.block.ms", 5 * TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
        configs.put("sasl.jaas.config", MODULE + " username=\"" + user + "\" password=\"" + password + "\";");
        for (int i = 0; i < more.length; i += 2) {
            configs.put((String) more[i], more[i + 1]);
        }
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static void allow(ResourceType type, String name, AclOperation operation, String user) throws Exception {
        AclBinding binding = binding(type, name, operation, user);
        admin.createAcls(List.of(binding)).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        // What the controller knows the broker knows a little later; it is asked what it goes by.
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        while (admin.describeAcls(binding.toFilter())
                .values()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .isEmpty()) {
            assertThat(System.nanoTime() - deadline).as("time for " + binding).isNegative();
        }
    }

    private static AclBinding binding(ResourceType type, String name, AclOperation operation, String user) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static double metric(KafkaProducer<?, ?> producer, String name) {
        double sum = 0;
        for (Map.Entry<MetricName, ? extends Metric> each : producer.metrics().entrySet()) {
            if (each.getKey().name().equals(name) && each.getKey().group().equals("producer-metrics")) {
                sum += ((Number) each.getValue().metricValue()).doubleValue();
            }
        }
        return sum;
    }

    /**
     * KIP-368: the broker would close the connection; every record has to get through without one being sent again. A broker that gets its
     * turn a tenth of a second late finds a session over that was to be renewed in time: then nothing is lost, and it is tried again.
     */
    @Test
    void stream_overManySessions_losesNothingAndSendsNothingTwice() throws Exception {
        kafka.createTopic("sessions", 2, Map.of());
        allow(ResourceType.TOPIC, "sessions", AclOperation.WRITE, "alice");
        long sent = 0;
        for (int attempt = 0; ; attempt++) {
            List<CompletableFuture<RecordMetadata>> futures = new ArrayList<>();
            boolean closedByTheBroker = stream(futures);
            assertThat(futures).allMatch(each -> each.isDone() && !each.isCompletedExceptionally());
            sent += futures.size();
            try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
                assertThat(LongStream.of(reader.endOffsets("sessions")).sum()).isEqualTo(sent);
            }
            if (!closedByTheBroker) {
                return;
            }
            assertThat(attempt).as("streams that the broker has cut").isLessThan(STREAMS);
        }
    }

    /** For several sessions; says whether one of them ended with its connection. */
    private static boolean stream(List<CompletableFuture<RecordMetadata>> futures) throws Exception {
        try (var producer = producer("alice", "a", "linger.ms", 1, "batch.size", 4096)) {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(7);
            for (int i = 0; System.nanoTime() - end < 0; i++) {
                futures.add(producer.send(new ProducerRecord<>("sessions", null, "value-" + i)));
                if (i % 200 == 199) {
                    futures.get(i - 100).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                }
            }
            producer.flush();
            assertThat(metric(producer, "record-error-total")).isZero();
            // The bootstrap server's is closed when the brokers are known.
            return metric(producer, "record-retry-total") > 0 || metric(producer, "connection-close-total") > 1;
        }
    }

    /** Which is long before {@code max.block.ms} is over. */
    private static void assertFailedSoonAfter(long began) {
        assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began)).isLessThan(TIMEOUT_SECONDS);
    }

    @Test
    void send_withoutTheRight_failsAtOnceAndNamesTheTopic() throws Exception {
        kafka.createTopic("forbidden", 1, Map.of());
        try (var producer = producer("bob", "b")) {
            long began = System.nanoTime();
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("forbidden", "v"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContainingAll("forbidden", "\"bob\" (PLAIN)", kafka.bootstrapServers("SASL"));
            assertFailedSoonAfter(began);
        }
    }

    /** A right that is taken away fails what is sent after, and one that comes back lets the same producer go on. */
    @Test
    void stream_whenTheRightIsRevokedAndGivenBack_failsFastAndGoesOn() throws Exception {
        kafka.createTopic("revoked", 1, Map.of());
        allow(ResourceType.TOPIC, "revoked", AclOperation.WRITE, "alice");
        try (var producer = producer("alice", "a")) {
            assertThat(producer.send(new ProducerRecord<>("revoked", "first"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .offset())
                    .isZero();
            admin.deleteAcls(List.of(binding(ResourceType.TOPIC, "revoked", AclOperation.WRITE, "alice")
                            .toFilter()))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            TopicAuthorizationException refused = null;
            int accepted = 1;
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (refused == null) {
                long began = System.nanoTime();
                assertThat(began - deadline).as("time for a refusal").isNegative();
                try {
                    producer.send(new ProducerRecord<>("revoked", "more")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    accepted++;
                } catch (ExecutionException e) {
                    assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
                    refused = (TopicAuthorizationException) e.getCause();
                    assertFailedSoonAfter(began);
                }
            }
            assertThat(refused.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
            assertThat(refused).hasMessageContainingAll("revoked", "\"alice\" (PLAIN)", kafka.bootstrapServers("SASL"));

            allow(ResourceType.TOPIC, "revoked", AclOperation.WRITE, "alice");
            long offset = -1;
            while (offset < 0) {
                try {
                    offset = producer.send(new ProducerRecord<>("revoked", "again"))
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .offset();
                } catch (ExecutionException | CompletionException e) {
                    assertThat(e).hasCauseInstanceOf(TopicAuthorizationException.class);
                }
            }
            assertThat(offset).as("none of those refused was written").isEqualTo(accepted);
        }
    }

    /** May see the topic but write nowhere: the producer id is refused before any record is. */
    @Test
    void send_withoutTheRightToAProducerId_failsAtOnce() throws Exception {
        kafka.createTopic("visible", 1, Map.of());
        allow(ResourceType.TOPIC, "visible", AclOperation.DESCRIBE, "bob");
        try (var producer = producer("bob", "b")) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("visible", "v")).get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(ClusterAuthorizationException.class)
                    .hasMessageContainingAll("IDEMPOTENT_WRITE", "\"bob\" (PLAIN)", kafka.bootstrapServers("SASL"));
        }
    }

    @Test
    void initTransactions_withoutTheRightToTheId_failsAtOnce() {
        try (var producer = producer("bob", "b", "transactional.id", "not-of-bob")) {
            long began = System.nanoTime();
            assertThatThrownBy(producer::initTransactions)
                    .isInstanceOf(TransactionalIdAuthorizationException.class)
                    .hasMessageContainingAll("not-of-bob", "\"bob\" (PLAIN)", kafka.bootstrapServers("SASL"));
            assertFailedSoonAfter(began);
        }
    }

    /** The right to the topic is what is missing: the transaction can be aborted, and the next one is written. */
    @Test
    void transaction_withARecordForAForbiddenTopic_isAbortedAndTheNextOneIsWritten() throws Exception {
        kafka.createTopic("closed", 1, Map.of());
        kafka.createTopic("open", 1, Map.of());
        allow(ResourceType.TRANSACTIONAL_ID, "of-alice", AclOperation.WRITE, "alice");
        allow(ResourceType.TOPIC, "closed", AclOperation.DESCRIBE, "alice");
        allow(ResourceType.TOPIC, "open", AclOperation.WRITE, "alice");
        try (var producer = producer("alice", "a", "transactional.id", "of-alice")) {
            producer.initTransactions();
            producer.beginTransaction();
            var forbidden = producer.send(new ProducerRecord<>("closed", "v"));
            assertThatThrownBy(() -> forbidden.get(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .cause()
                    .isInstanceOf(TopicAuthorizationException.class)
                    .hasMessageContainingAll("closed", "\"alice\" (PLAIN)");
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open", "v"));
            producer.commitTransaction();
        }
        assertThat(Witness.readCommitted(kafka.bootstrapServers(), "open", 1)
                        .get(0)
                        .value())
                .isEqualTo("v".getBytes(StandardCharsets.UTF_8));
    }
}
