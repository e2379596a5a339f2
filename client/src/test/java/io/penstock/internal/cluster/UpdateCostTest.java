package io.penstock.internal.cluster;

import static io.penstock.internal.cluster.MetadataAnswers.answer;
import static io.penstock.internal.cluster.MetadataAnswers.partition;
import static io.penstock.internal.cluster.MetadataAnswers.simple;
import static io.penstock.internal.cluster.MetadataAnswers.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.config.MetadataSettings;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponsePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * An update costs its own size (invariant 7). The bounds are generous, some fifty times what is seen on a slow machine; what walks
 * over all partitions for each of them takes minutes here and is caught.
 */
class UpdateCostTest {

    private static final int PARTITION_COUNT = 100_000;
    private static final Duration BOUND = Duration.ofSeconds(30);
    private static final UUID ID = new UUID(1, 1);

    private final int[] changedPartitions = new int[1];
    private final ClusterTracker tracker = new ClusterTracker(
            new MetadataSettings(300_000_000_000L, 300_000_000_000L, 100_000_000, 1_000_000_000, true, 1, true),
            new Random(1),
            new ClusterListener() {
                private TopicView last;

                @Override
                public void onUpdate(ClusterView view, Collection<TopicView> changedTopics, long now) {
                    for (TopicView topic : changedTopics) {
                        topic.forEachChanged(last, partition -> changedPartitions[0]++);
                        last = topic;
                    }
                }

                @Override
                public void onTopicError(String topic, ErrorCode error, long now) {}
            });
    private long now;

    private void exchange(MetadataResponse response) {
        List<String> asked = tracker.nextRequest(now);
        assertThat(asked).isNotNull();
        tracker.onResponse(response, asked, now);
    }

    private static MetadataResponse large(int epoch) {
        List<MetadataResponsePartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITION_COUNT; i++) {
            partitions.add(partition(i, i % 3, epoch));
        }
        Collections.shuffle(partitions, new Random(epoch));
        return answer(topic("t", ID).partitions(partitions));
    }

    @Test
    void onResponse_withAHundredThousandPartitions_costsItsSize() {
        WireWriter writer = new WireWriter();
        large(1).write(writer, (short) 12);
        MetadataResponse decoded = new MetadataResponse();
        Assertions.assertTimeout(BOUND, () -> {
            decoded.read(new WireReader(writer.toContiguous()), (short) 12);
            tracker.want("t", now);
            exchange(decoded);
        });
        assertThat(tracker.view().topic("t").partitionCount()).isEqualTo(PARTITION_COUNT);
        assertThat(tracker.view().topic("t").partition(77_777).leaderId()).isEqualTo(77_777 % 3);
        assertThat(changedPartitions[0]).isEqualTo(PARTITION_COUNT);
    }

    /** A broker dies and each of its partitions is hinted on its own: the walk over all of them would be 10^10 steps. */
    @Test
    void onLeaderHint_forEachOfAHundredThousandPartitions_costsAChunkEach() {
        tracker.want("t", now);
        exchange(large(1));
        changedPartitions[0] = 0;
        Assertions.assertTimeout(BOUND, () -> {
            for (int i = 0; i < PARTITION_COUNT; i++) {
                tracker.onLeaderHint("t", i, (i + 1) % 3, 2, null, now);
            }
        });
        assertThat(changedPartitions[0]).isEqualTo(PARTITION_COUNT);
        assertThat(tracker.view().topic("t").partition(99_999).leaderEpoch()).isEqualTo(2);
    }

    @Test
    void want_ofTenThousandTopicsOneByOne_costsLittleEach() {
        exchange(answer());
        Assertions.assertTimeout(BOUND, () -> {
            for (int i = 0; i < 10_000; i++) {
                tracker.want("t" + i, now);
                exchange(answer(simple("t" + i)));
            }
        });
        assertThat(tracker.view().topicCount()).isEqualTo(10_000);
    }
}
