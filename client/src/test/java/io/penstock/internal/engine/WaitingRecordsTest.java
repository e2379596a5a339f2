package io.penstock.internal.engine;

import static io.penstock.internal.engine.Fates.failure;
import static io.penstock.internal.engine.Fates.offset;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.internal.partition.Murmur2;
import io.penstock.producer.ProducerRecord;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Records sent asynchronously that wait for their topic, on virtual time. */
class WaitingRecordsTest {

    @Test
    void records_beforeTheirTopicIsKnown_keepTheirOrder() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("t", 1);
        List<DeliveryPromise> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(virtual.send("t", i % 3 == 0 ? 0 : null, 10));
        }
        assertThat(sent.get(0).admitted()).isNotDone();
        virtual.after(1_000);
        for (int i = 0; i < 50; i++) {
            assertThat(offset(sent.get(i))).isEqualTo(i);
        }
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void record_thatNamesItsPartition_whenOneBeforeItExpires_isNotOvertaken() {
        // Found by the simulator: the look at the topic's line, when its first record's time was over, moved the one
        // behind it to
        // its partition's own line although the topic was not there either; those behind that one then went first.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 2_000);
        DeliveryPromise expires = virtual.send("t", 1);
        virtual.after(1_500);
        DeliveryPromise named = virtual.send("t", 0, 10);
        DeliveryPromise open = virtual.send("t", 10);
        virtual.after(600);
        assertThat(expires.delivered()).isCompletedExceptionally();
        virtual.cluster.topic("t", 1);
        virtual.after(1_300);
        assertThat(List.of(offset(named), offset(open))).containsExactly(0L, 1L);
    }

    @Test
    void record_thatNamesANewPartition_isNotOvertakenByOneWhoseKeyLeadsThere() {
        // Found by the simulator: the partition had come, the admission thread had yet to look at its line, and a
        // record that
        // was put there by its key, or by the sticky partitioner, went first.
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("t", 2);
        virtual.send("t", 0, 10);
        virtual.after(1_000);
        DeliveryPromise named = virtual.send("t", 2, 10);
        virtual.after(1_000);
        byte[] key = {0};
        while (Murmur2.partition(key, 3) != 2) {
            key[0]++;
        }
        List<DeliveryPromise> keyed = new ArrayList<>();
        virtual.onExecute = () -> {
            if (keyed.isEmpty()) {
                keyed.add(virtual.engine.admission().sendAsync(new ProducerRecord<>("t", key, new byte[10])));
            }
        };
        virtual.cluster.topics.get("t").partitionCount = 3;
        virtual.after(3_000);
        assertThat(List.of(offset(named), offset(keyed.get(0)))).containsExactly(0L, 1L);
    }

    @Test
    void record_forAnUnknownTopic_holdsUpNobodyElse() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("t", 2);
        DeliveryPromise waits = virtual.send("absent", 10);
        DeliveryPromise waitsForPartition = virtual.send("t", 5, 10);
        virtual.after(1_000);
        DeliveryPromise goes = virtual.send("t", 0, 10);
        virtual.after(100);
        assertThat(offset(goes)).isZero();
        assertThat(waits.admitted()).isNotDone();
        assertThat(waitsForPartition.admitted()).isNotDone();

        virtual.cluster.topics.get("t").partitionCount = 6;
        virtual.after(3_000);
        assertThat(waitsForPartition.delivered()).isCompleted();
        assertThat(waits.admitted()).isNotDone();
    }

    /** Prevents: that nobody had answered yet was told as "the cluster does not have it". */
    @Test
    void record_whoseTimeIsOverBeforeAnybodyHasAnswered_saysSo() {
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 5_000);
        virtual.cluster.describes = false;
        DeliveryPromise early = virtual.send("absent", 10);
        virtual.after(5_001);
        assertThat(failure(early.delivered()))
                .hasMessageContaining("no broker has answered yet")
                .hasMessageContaining("b0:9092")
                .hasMessageContaining("bootstrap.servers");

        virtual.cluster.describes = true;
        virtual.after(60_000);
        DeliveryPromise late = virtual.send("absent", 10);
        virtual.after(5_001);
        assertThat(failure(late.delivered())).hasMessageContaining("Create it");
    }

    @Test
    void record_whoseTimeIsOver_failsInBothStagesAndItsTopicIsAskedForNoMore() {
        // Prevents: the wait for the topic stayed behind, and the topic was asked for ever after.
        VirtualEngine virtual =
                new VirtualEngine("max.block.ms", 5_000, "metadata.max.idle.ms", 10_000, "metadata.max.age.ms", 20_000);
        DeliveryPromise waits = virtual.send("absent", 10);
        virtual.after(4_999);
        assertThat(waits.admitted()).isNotDone();
        virtual.after(2);
        assertThat(failure(waits.admitted()))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("absent");
        assertThat(failure(waits.delivered())).isSameAs(failure(waits.admitted()));
        assertThat(virtual.engine.admission().waitingBytes()).isZero();

        virtual.after(5_000);
        for (int i = 0; i < 20; i++) {
            virtual.send("absent", 10);
            virtual.after(5_001);
        }
        virtual.after(60_000); // idle and refreshed, so that it is followed no longer
        long before = virtual.cluster.count(ApiKey.METADATA);
        virtual.after(600_000);
        assertThat(virtual.cluster.count(ApiKey.METADATA) - before)
                .as("refreshes of ten minutes by age alone")
                .isLessThanOrEqualTo(31);
    }

    @Test
    void record_forARefusedTopic_failsAtOnceWithTheRefusal() {
        VirtualEngine virtual = new VirtualEngine();
        virtual.cluster.topic("bad", 1).error = ErrorCode.INVALID_TOPIC_EXCEPTION;
        DeliveryPromise refused = virtual.send("bad", 10);
        virtual.after(100);
        assertThat(failure(refused.delivered())).isInstanceOf(InvalidTopicException.class);
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void record_thatJoinsItsLineWhileOthersAreRefused_isAskedForAnew() {
        // Prevents: it joined a line that nobody served or asked for any more, and sat there until max.block.ms.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 60_000, "retry.backoff.ms", 100);
        virtual.cluster.topic("bad", 1).error = ErrorCode.INVALID_TOPIC_EXCEPTION;
        List<DeliveryPromise> refused = List.of(virtual.send("bad", 10), virtual.send("bad", 10));
        List<DeliveryPromise> joined = new ArrayList<>();
        virtual.onSubmit = () -> {
            if (joined.isEmpty()) {
                joined.add(virtual.send("bad", 10)); // the second still stands in the line, so that this begins none
            }
        };
        virtual.after(5_000);
        assertThat(refused).allSatisfy(each -> assertThat(each.delivered()).isCompletedExceptionally());
        assertThat(joined).hasSize(1);
        assertThat(failure(joined.get(0).delivered())).isInstanceOf(InvalidTopicException.class);
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void stages_thatDepend_runOnTheCallbackThread() {
        // Prevents: dependents of admitted() ran on the admission thread, which they could hold up for all others.
        VirtualEngine virtual = new VirtualEngine("max.block.ms", 1_000);
        virtual.cluster.topic("t", 1);
        List<String> ranOn = new ArrayList<>();
        DeliveryPromise goes = virtual.send("t", 1);
        DeliveryPromise fails = virtual.send("absent", 1);
        goes.admitted().thenRun(() -> ranOn.add("admitted on " + virtual.running));
        goes.delivered().thenRun(() -> ranOn.add("delivered on " + virtual.running));
        fails.admitted().whenComplete((nothing, failure) -> ranOn.add("not admitted on " + virtual.running));
        fails.delivered().whenComplete((nothing, failure) -> ranOn.add("not delivered on " + virtual.running));
        virtual.after(2_000);
        assertThat(ranOn)
                .containsExactly(
                        "admitted on callbacks",
                        "delivered on callbacks",
                        "not admitted on callbacks",
                        "not delivered on callbacks");
    }

    @Test
    void whenAdmitted_waitsForTheRecordsBeforeItOnly() {
        // Prevents: a flush never ended while others kept sending records that had to wait.
        VirtualEngine virtual = new VirtualEngine();
        DeliveryPromise before = virtual.send("early", 1);
        CompletableFuture<Void> flushed = virtual.engine.admission().whenAdmitted();
        DeliveryPromise after = virtual.send("late", 1);
        virtual.after(500);
        assertThat(flushed).isNotDone();
        virtual.cluster.topic("early", 1);
        virtual.after(5_000);
        assertThat(before.admitted()).isCompleted();
        assertThat(after.admitted()).isNotDone();
        assertThat(flushed).isCompleted();
    }
}
