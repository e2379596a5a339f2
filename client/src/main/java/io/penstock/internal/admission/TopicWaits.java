package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import io.penstock.producer.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The lines' waits for a topic, or for a partition of it, to be known.
 *
 * <p>Any thread asks; the loop answers, and the admission thread acts on the answer. A line has one {@link TopicWaiter} at most.
 */
final class TopicWaits {

    private final WaitingLedger ledger;
    private final Departures departures;
    private final AdmissionExecutor executor;
    private final LineServer server;

    /** @param server serves, on the admission thread, a line whose topic has come or was refused */
    TopicWaits(WaitingLedger ledger, Departures departures, AdmissionExecutor executor, LineServer server) {
        this.ledger = ledger;
        this.departures = departures;
        this.executor = executor;
        this.server = server;
    }

    void awaitTopic(Line line, String topic) {
        ask(line, topic, 1);
    }

    void awaitPartition(Line line, TopicPartition partition) {
        ask(line, partition.topic(), partition.partition() + 1);
    }

    private void ask(Line line, String topic, int minPartitionCount) {
        ledger.ask(line, new TopicWaiter(topic, minPartitionCount) {
            @Override
            void onSettled(@Nullable KafkaException cause) {
                executor.execute(() -> onTopicSettled(line, this, cause));
            }
        });
    }

    private void onTopicSettled(Line line, TopicWaiter waiter, @Nullable KafkaException cause) {
        for (WaitingRecord each : ledger.settle(line, waiter, cause != null)) {
            departures.end(each, cause);
        }
        // After a refusal too: whoever has joined the line meanwhile began none, and is to ask anew.
        server.serve(line);
    }
}
