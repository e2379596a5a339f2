package io.penstock.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.cluster.ClusterView;
import io.penstock.internal.cluster.TopicView;
import io.penstock.internal.config.PartitionSettings;
import io.penstock.producer.Cluster;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerRecord;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordPartitionerTest {

    private static final byte[] KEY = "key".getBytes(StandardCharsets.UTF_8);

    private final TopicView topic = TestTopics.topic(10, i -> i % 3);
    private final ClusterView cluster = TestTopics.cluster(topic);
    private final StickyPartitioner sticky = new StickyPartitioner(settings(false), 1_000, () -> new Random(42));

    private static PartitionSettings settings(boolean ignoreKeys) {
        return new PartitionSettings(ignoreKeys, true, 0, false, "");
    }

    /** Answers what it is told, and remembers what it was asked. */
    private static final class Fixed implements Partitioner {
        int answer;
        Cluster seen;
        int newBatchAfter = -1;

        Fixed(int answer) {
            this.answer = answer;
        }

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            seen = cluster;
            return answer;
        }

        @Override
        public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
            newBatchAfter = prevPartition;
            answer++;
        }

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void close() {}
    }

    private static RecordPartitioner partitioner(boolean ignoreKeys, Partitioner custom) {
        return new RecordPartitioner(settings(ignoreKeys), custom, new ClusterAdapter());
    }

    private Unplaced unplaced(Integer partition, byte[] key) {
        return new Unplaced(
                new ProducerRecord<>(TestTopics.NAME, partition, key, "v"), key, new byte[] {1}, topic, cluster);
    }

    private int place(RecordPartitioner partitioner, Unplaced unplaced) {
        return partitioner.partition(unplaced, sticky, QueueLoads.NONE);
    }

    private int placeAgain(RecordPartitioner partitioner, Unplaced unplaced, int chosen) {
        return partitioner.onNewBatch(unplaced, chosen, 2_000, sticky, QueueLoads.NONE);
    }

    @Test
    void partition_thatTheRecordNames_isTaken() {
        RecordPartitioner partitioner = partitioner(false, new Fixed(3));
        assertThat(place(partitioner, unplaced(7, KEY))).isEqualTo(7);
        assertThat(placeAgain(partitioner, unplaced(7, KEY), 7)).isEqualTo(7);
        assertThat(partitioner.isSticky(unplaced(7, null))).isFalse();
    }

    @Test
    void partition_ofAKey_isItsHash() {
        RecordPartitioner partitioner = partitioner(false, null);
        int byKey = Murmur2.partition(KEY, 10);
        assertThat(place(partitioner, unplaced(null, KEY))).isEqualTo(byKey);
        assertThat(placeAgain(partitioner, unplaced(null, KEY), byKey)).isEqualTo(byKey);
        assertThat(partitioner.isSticky(unplaced(null, KEY))).isFalse();
    }

    @Test
    void partition_ofAKeyThatIsToBeIgnored_isTheStickyOne() {
        RecordPartitioner partitioner = partitioner(true, null);
        assertThat(place(partitioner, unplaced(null, KEY))).isEqualTo(sticky.current(topic, cluster, QueueLoads.NONE));
        assertThat(partitioner.isSticky(unplaced(null, KEY))).isTrue();
    }

    @Test
    void partition_withoutKey_isTheStickyOne() {
        RecordPartitioner partitioner = partitioner(false, null);
        int chosen = place(partitioner, unplaced(null, null));
        assertThat(place(partitioner, unplaced(null, null))).isEqualTo(chosen);
        assertThat(partitioner.isSticky(unplaced(null, null))).isTrue();
        assertThat(placeAgain(partitioner, unplaced(null, null), chosen)).isEqualTo(chosen);
        sticky.onAppended(chosen, 500, false, topic, cluster, QueueLoads.NONE);
        int next = placeAgain(partitioner, unplaced(null, null), chosen);
        assertThat(place(partitioner, unplaced(null, null))).isEqualTo(next);
    }

    @Test
    void partition_fromTheUsersPartitioner_isTaken_andAskedOnceMoreAtANewBatch() {
        Fixed fixed = new Fixed(4);
        RecordPartitioner partitioner = partitioner(false, fixed);
        assertThat(place(partitioner, unplaced(null, KEY))).isEqualTo(4);
        assertThat(fixed.seen.partitionsForTopic(TestTopics.NAME)).hasSize(10);
        assertThat(placeAgain(partitioner, unplaced(null, KEY), 4)).isEqualTo(5);
        assertThat(fixed.newBatchAfter).isEqualTo(4);
        assertThat(partitioner.isSticky(unplaced(null, null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void partition_fromTheUsersPartitioner_outOfRange_saysWhoAndWhat(int answer) {
        RecordPartitioner partitioner = partitioner(false, new Fixed(answer));
        assertThatThrownBy(() -> place(partitioner, unplaced(null, null)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(Fixed.class.getName())
                .hasMessageContaining(Integer.toString(answer))
                .hasMessageContaining("0 to 9");
    }
}
