package io.penstock.internal.engine;

import io.penstock.internal.accumulator.RecordAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Ends a producer's loops: gracefully once everything admitted is complete, or at once with what is left failed.
 *
 * <p>Asked from any thread. In good order the first loop ends last, as the others hear from it where leaders have moved to, and as it
 * speaks the last word to the brokers.
 */
public final class Shutdown {

    private final RecordAccumulator accumulator;
    private final List<LoopEnd> ends = new ArrayList<>();

    /** Of all loops but the first; that one's, by mail. */
    private int othersLeft;

    Shutdown(RecordAccumulator accumulator) {
        this.accumulator = accumulator;
    }

    /**
     * The end of the next loop; once for each of them, before they start.
     *
     * @param lastWord whether nothing is left to say to the brokers
     */
    LoopEnd of(SendingLoop loop, SendingLoop first, TransactionRoom transactions, LongPredicate lastWord) {
        LoopEnd end;
        if (loop == first) {
            end = new LoopEnd(loop, transactions, now -> othersLeft == 0 && lastWord.test(now), () -> {});
        } else {
            othersLeft++;
            end = new LoopEnd(loop, transactions, now -> true, () -> first.post(now -> othersLeft--));
        }
        ends.add(end);
        return end;
    }

    /** Any thread: takes no more records, and ends the loops when those that are there are complete. */
    public void begin() {
        accumulator.close();
        ends.forEach(LoopEnd::begin);
    }

    /** Any thread: gives up what is left. What is in flight ends with an unknown outcome. */
    public void force() {
        accumulator.close();
        ends.forEach(LoopEnd::force);
    }
}
