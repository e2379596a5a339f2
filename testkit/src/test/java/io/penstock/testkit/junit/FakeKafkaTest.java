package io.penstock.testkit.junit;

import static io.penstock.testkit.assertion.KafkaAssertions.assertThat;
import static io.penstock.testkit.assertion.KafkaAssertions.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The extension in each of its forms, as a user writes them. */
@Timeout(180)
class FakeKafkaTest {

    private static final Set<String> SEEN = new HashSet<>();

    @Nested
    @FakeKafka(
            brokers = 2,
            topics = {"orders:4", "log"})
    class ForEachTest {

        private FakeCluster field;

        @RepeatedTest(2)
        void cluster_isEachTestsOwnAndEmpty(FakeCluster cluster, Producer<String, String> producer) throws Exception {
            assertThat(field).isSameAs(cluster);
            assertThat(cluster.partitionCount("orders")).isEqualTo(4);
            assertThat(cluster).topic("log").isEmpty();
            producer.send(new ProducerRecord<>("log", "k", "v")).get();
            assertThat(cluster).topic("log").containsValues("v");
            assertThat(SEEN.add(cluster.bootstrapServers())).isTrue();
        }

        @Test
        void producer_takesBytesToo(FakeCluster cluster, Producer<byte[], byte[]> producer) throws Exception {
            producer.send(new ProducerRecord<>("log", "b".getBytes(StandardCharsets.UTF_8)))
                    .get();
            assertThat(cluster).topic("log").containsValues("b");
        }

        @AfterEach
        void stillOpen(FakeCluster cluster) {
            assertThat(cluster).isSameAs(field);
        }
    }

    @Nested
    @FakeKafka(autoCreateTopics = true, perClass = true)
    class ForTheClass {

        private static FakeCluster shared;

        @BeforeAll
        static void before(FakeCluster cluster) {
            assertThat(shared).isSameAs(cluster);
        }

        @RepeatedTest(2)
        void cluster_isTheSame(Producer<String, String> producer) throws Exception {
            assertThat(producer.send(new ProducerRecord<>("t", "v")).get().topic())
                    .isEqualTo("t");
            assertThat(shared).topic("t").contains(value("v"));
        }
    }

    @Nested
    class Registered {

        @RegisterExtension
        final FakeClusterExtension kafka =
                FakeClusterExtension.of(() -> FakeCluster.builder().brokers(3).topic("t", 2));

        @Test
        void cluster_isAsItsBuilderSays(FakeCluster cluster) {
            assertThat(kafka.cluster()).isSameAs(cluster);
            assertThat(cluster.bootstrapServers().split(",")).hasSize(3);
        }
    }

    @Test
    void cluster_isThereOnlyWhileATestRuns() {
        FakeClusterExtension idle = FakeClusterExtension.of(FakeCluster::builder);

        assertThatThrownBy(idle::cluster).hasMessageContaining("while a test runs");
    }
}
