package io.penstock.internal.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicViewTest {

    private static PartitionView[] partitions(int count, Random random) {
        PartitionView[] partitions = new PartitionView[count];
        for (int i = 0; i < count; i++) {
            partitions[i] = PartitionView.of(i, random.nextInt(4) - 1, 0);
        }
        return partitions;
    }

    private static TopicView topic(TopicView previous, PartitionView[] partitions) {
        return TopicView.following(previous, "t", null, false, partitions.clone());
    }

    private static List<Integer> changed(TopicView now, TopicView previous) {
        List<Integer> indexes = new ArrayList<>();
        now.forEachChanged(previous, indexes::add);
        return indexes;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 1_000})
    void ledPartition_ofEveryRank_isThatPartition(int count) {
        PartitionView[] partitions = partitions(count, new Random(count));
        TopicView topic = topic(null, partitions);
        List<Integer> led = new ArrayList<>();
        for (PartitionView partition : partitions) {
            assertThat(topic.partition(partition.partition())).isSameAs(partition);
            if (partition.hasLeader()) {
                led.add(partition.partition());
            }
        }
        assertThat(topic.ledCount()).isEqualTo(led.size());
        for (int rank = 0; rank < led.size(); rank++) {
            assertThat(topic.ledPartition(rank)).isEqualTo(led.get(rank));
        }
        assertThatThrownBy(() -> topic.ledPartition(topic.ledCount())).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> topic.partition(count)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> topic.partition(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    /** Seeded: single replacements must leave the same topic as making it from nothing. */
    @Test
    void with_inAnyOrder_isAsIfMadeThatWay() {
        Random random = new Random(3);
        PartitionView[] partitions = partitions(700, random);
        TopicView topic = topic(null, partitions);
        for (int round = 1; round <= 500; round++) {
            PartitionView next = PartitionView.of(random.nextInt(700), random.nextInt(4) - 1, round);
            TopicView before = topic;
            partitions[next.partition()] = next;
            topic = topic.with(next);
            assertThat(changed(topic, before)).containsExactly(next.partition());
        }
        TopicView made = topic(null, partitions);
        assertThat(changed(topic, made)).isEmpty();
        assertThat(topic.ledCount()).isEqualTo(made.ledCount());
        for (int rank = 0; rank < made.ledCount(); rank++) {
            assertThat(topic.ledPartition(rank)).isEqualTo(made.ledPartition(rank));
        }
    }

    @Test
    void following_whenNothingChanged_isThePreviousItself() {
        PartitionView[] partitions = partitions(600, new Random(4));
        TopicView topic = topic(null, partitions);
        PartitionView[] equal = new PartitionView[600];
        for (int i = 0; i < 600; i++) {
            equal[i] = PartitionView.of(i, partitions[i].leaderId(), 0);
        }
        assertThat(topic(topic, equal)).isSameAs(topic);
    }

    @Test
    void forEachChanged_afterAnExpansion_givesTheNewPartitions() {
        PartitionView[] partitions = partitions(300, new Random(5));
        TopicView small = topic(null, java.util.Arrays.copyOf(partitions, 254));
        TopicView large = topic(small, partitions);
        assertThat(changed(large, small)).hasSize(46).startsWith(254).endsWith(299);
        assertThat(changed(small, large)).isEmpty();
        assertThat(changed(large, null)).hasSize(300);
    }

    @Test
    void of_partitionsOutOfPlace_refuses() {
        assertThatThrownBy(() -> TopicView.of("t", null, false, List.of(PartitionView.of(1, 0, 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("partition 1 stands at place 0");
    }
}
