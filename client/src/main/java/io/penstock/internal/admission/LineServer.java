package io.penstock.internal.admission;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.AppendOutcome;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.accumulator.PageRequest;
import io.penstock.internal.accumulator.PartitionQueue;
import io.penstock.producer.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Admits the records of the waiting line, from the front of each line, once what they wait for is there.
 *
 * <p>Any thread begins a line or has one served soon; the admission thread alone serves, and so runs the user's partitioner, with
 * no lock held. The record that it tries to admit is claimed; after the attempt it is over, or released and waits on.
 */
final class LineServer {

    private final Admission<?, ?> admission;
    private final WaitingLedger ledger;
    private final Departures departures;
    private final AdmissionExecutor executor;
    private final TopicWaits topicWaits;

    LineServer(Admission<?, ?> admission, WaitingLedger ledger, Departures departures, AdmissionExecutor executor) {
        this.admission = admission;
        this.ledger = ledger;
        this.departures = departures;
        this.executor = executor;
        this.topicWaits = new TopicWaits(ledger, departures, executor, this);
    }

    /** Any thread: asks for what the line's first record waits for. */
    void begin(Line line) {
        if (line.key() instanceof String topic) {
            topicWaits.awaitTopic(line, topic);
        } else if (line.key() instanceof TopicPartition partition) {
            topicWaits.awaitPartition(line, partition);
        } else {
            serveSoon(line);
        }
    }

    /** Any thread. Where a record has ended without being admitted, the one behind it may need less. */
    void serveSoon(@Nullable Line line) {
        if (line != null) {
            executor.execute(() -> serve(line));
        }
    }

    /** Admission thread: takes records off the front of a line as long as they can be admitted. */
    void serve(Line line) {
        boolean goOn = true;
        while (goOn) {
            WaitingRecord head = ledger.claimHead(line);
            if (head == null) {
                return;
            }
            try {
                goOn = attempt(line, head);
            } catch (Throwable e) {
                // The user's partitioner, most likely. It concerns this record only.
                departures.endClaimed(head, e instanceof KafkaException known ? known : new KafkaException(e));
            }
        }
    }

    /** Returns false when the record, and so its line, has to wait on. */
    private boolean attempt(Line line, WaitingRecord head) {
        PartitionChoice made = head.choice();
        if (made != null) {
            return append(line, head, made);
        }
        Draft draft = head.draft();
        TopicPartition named = draft.namedPartition();
        KnownTopic topic =
                admission.metadata().find(draft.record().topic(), draft.record().partition());
        if (named != null && line.key() instanceof String && waitsForPartition(topic, named)) {
            moveTo(named, head); // the topic is there, the partition is not: it waits for that alone
            return true;
        }
        if (topic == null) {
            release(head);
            begin(line);
            return false;
        }
        PartitionChoice choice = admission.choose(draft, topic);
        head.choice(choice);
        return append(line, head, choice);
    }

    /**
     * Whether a record's topic is there and its partition is not, or others wait for that already. Where the topic itself is not
     * there either, it stays in the topic's line: those behind it may go to the same partition, and must not overtake it.
     */
    private boolean waitsForPartition(@Nullable KnownTopic found, TopicPartition named) {
        return found == null ? admission.metadata().find(named.topic(), null) != null : ledger.hasLine(named);
    }

    private boolean append(Line line, WaitingRecord head, PartitionChoice choice) {
        AppendOutcome outcome = choice.append(head.request(), queue -> lineBefore(queue, line) != null);
        if (outcome == AppendOutcome.NEEDS_MEMORY) {
            return awaitMemory(line, head, choice.queue());
        }
        departures.endClaimed(head, outcome == AppendOutcome.CLOSED ? closedBefore(head) : null);
        return true;
    }

    /** The key of another line than its own that a record for the partition must not overtake; null for none. */
    private @Nullable Object lineBefore(PartitionQueue queue, Line own) {
        if (queue == own.key()) {
            return null; // should the partition be gone by now, those that wait for it came later
        }
        Object key = ledger.lineBefore(queue);
        if (key == null || !key.equals(own.key())) {
            return key;
        }
        return ledger.hasLine(queue) ? queue : null;
    }

    private static KafkaException closedBefore(WaitingRecord head) {
        return new KafkaException("The producer was closed before the record for "
                + head.draft().record().topic() + " was admitted; it was not written");
    }

    private boolean awaitMemory(Line line, WaitingRecord head, PartitionQueue queue) {
        if (queue != line.key()) {
            Object begun = lineBefore(queue, line);
            moveTo(begun == null ? queue : begun, head); // behind those that wait there already, if any do
            return true;
        }
        PagePool pool = admission.rooms().accumulator().pool();
        PageRequest request = new PageRequest(pool, pool.pagesFor(head.draft().maxBatchBytes())) {
            @Override
            protected void onGranted() {
                executor.execute(() -> serve(line));
            }
        };
        ledger.request(head, request);
        boolean granted = pool.takeOrWait(request); // nobody cancels it before the release
        release(head);
        if (!granted) {
            admission.rooms().memoryShort().run();
        }
        return granted;
    }

    private void moveTo(Object key, WaitingRecord head) {
        Line begun = ledger.move(head, key);
        release(head);
        if (begun != null) {
            begin(begun);
        }
    }

    /** The attempt is over and the record has to wait on, unless its end was wanted meanwhile. */
    private void release(WaitingRecord record) {
        KafkaException doom = ledger.release(record);
        if (doom != null) {
            serveSoon(departures.end(record, doom));
        }
    }
}
