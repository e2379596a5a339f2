package io.penstock.internal.engine;

import io.penstock.internal.accumulator.RecordAccumulator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ends a producer's loops: gracefully once everything admitted is complete, or at once with what is left failed.
 *
 * <p>Asked from any thread. In good order the first loop ends last, as the others hear from it where leaders have moved to, and as it
 * speaks the last word to the brokers.
 */
public final class Shutdown {

    private final RecordAccumulator accumulator;
    private final Optional<Engine.Telemetry> lastWord;
    private final List<LoopEnd> ends = new ArrayList<>();

    /** Of all loops but the first; that one's, by mail. */
    private int othersLeft;

    /** @param lastWord pushed once all records are complete, if it is there at all */
    Shutdown(RecordAccumulator accumulator, Optional<Engine.Telemetry> lastWord) {
        this.accumulator = accumulator;
        this.lastWord = lastWord;
    }

    /** The end of the next loop; once for each of them, the first one first, before they start. */
    LoopEnd of(SendingLoop loop, TransactionRoom transactions) {
        LoopEnd end = new LoopEnd(loop, transactions, this);
        othersLeft = ends.size();
        ends.add(end);
        return end;
    }

    /** On the loop of that end, in each turn once all its records are complete: whether there is nothing left to wait for. */
    boolean mayEnd(LoopEnd end, long nowNanos) {
        return !isFirst(end)
                || othersLeft == 0
                        && (lastWord.isEmpty() || lastWord.get().exchange().finish(nowNanos));
    }

    /** On the loop of that end, as its last. */
    void onEnded(LoopEnd end) {
        if (!isFirst(end)) {
            ends.get(0).loop().post(now -> othersLeft--);
        }
    }

    private boolean isFirst(LoopEnd end) {
        return end == ends.get(0);
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
