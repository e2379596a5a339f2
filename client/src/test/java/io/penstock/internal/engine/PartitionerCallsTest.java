package io.penstock.internal.engine;

import static io.penstock.internal.engine.Fates.failure;
import static io.penstock.internal.engine.Fates.offset;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.internal.admission.DeliveryPromise;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The user's partitioner, called while a record is admitted: how often, and what it may do there. */
class PartitionerCallsTest {

    @Test
    void close_whileARecordIsBeingAdmitted_tellsItOneTruth() {
        // Prevents: the record failed as "not written" by close() was appended a moment later by the admission thread.
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner);
        virtual.cluster.topic("t", 1);
        DeliveryPromise sent = virtual.send("t", 10);
        partitioner.answer = () -> {
            virtual.engine.admission().close();
            return 0;
        };
        virtual.after(1_000);
        assertThat(virtual.cluster.nextOffsets).containsEntry("t-0", 1L);
        assertThat(offset(sent)).isZero();
        assertThat(sent.admitted()).isCompleted();
        assertThat(virtual.engine.admission().waitingBytes()).isZero();
    }

    @Test
    void partitioner_thatFails_failsItsRecordOnly() {
        // Prevents: an Error out of the partitioner left its line standing until the record's time was over.
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner);
        virtual.cluster.topic("t", 1);
        DeliveryPromise first = virtual.send("t", 10);
        DeliveryPromise second = virtual.send("t", 10);
        partitioner.answer = () -> {
            if (partitioner.asked == 1) {
                throw new StackOverflowError("the user's own");
            }
            return 0;
        };
        virtual.after(1_000);
        assertThat(failure(first.delivered()))
                .isInstanceOf(KafkaException.class)
                .hasRootCauseInstanceOf(StackOverflowError.class);
        assertThat(offset(second)).isZero();
    }

    @Test
    void partitioner_isAskedAgainOncePerNewBatch() {
        ScriptedPartitioner partitioner = new ScriptedPartitioner();
        VirtualEngine virtual = new VirtualEngine(partitioner, "linger.ms", 1_000);
        virtual.cluster.topic("t", 2);
        virtual.send("t", 0, 1);
        virtual.after(2_000);
        assertThat(partitioner.asked)
                .as("not asked for a record that names its partition")
                .isZero();
        virtual.send("t", 1);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(2, 1);
        virtual.send("t", 1);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(3, 1);
        partitioner.answer = () -> partitioner.asked == 4 ? 1 : 0; // another partition at the second question
        virtual.send("t", 1);
        virtual.after(2_000);
        assertThat(List.of(partitioner.asked, partitioner.newBatches)).containsExactly(4 + 1, 2);
    }
}
