package io.penstock.testkit.sim;

import io.penstock.internal.engine.Engine;
import io.penstock.internal.sender.FlushTicket;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code flush()} and {@code close()} as a thread of the application would call them, without a thread: what these calls wait for is
 * waited for by the agenda.
 *
 * <p>A flush that returns finds here whether it returns too early.
 */
final class FlushAndClose {

    private final Engine<byte[], byte[]> engine;

    private final Agenda agenda;
    private final SimClock clock;
    private final Trace trace;
    private final History history;
    private final Findings findings;
    private @Nullable SimProducer producer;
    private boolean closed;
    private boolean forced;
    private int openFlushes;

    FlushAndClose(
            Engine<byte[], byte[]> engine,
            Agenda agenda,
            SimClock clock,
            Trace trace,
            History history,
            Findings findings) {
        this.engine = engine;
        this.agenda = agenda;
        this.clock = clock;
        this.trace = trace;
        this.history = history;
        this.findings = findings;
    }

    /** Once: whose calls these are. */
    void of(SimProducer caller) {
        producer = caller;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isForced() {
        return forced;
    }

    int openFlushes() {
        return openFlushes;
    }

    void flush() {
        if (closed) {
            return;
        }
        trace.add("flush", history.records().size(), 0);
        List<SimRecord> before = new ArrayList<>();
        for (SimRecord record : history.records()) {
            if (record.producer == producer && record.taken && !record.isOver()) {
                before.add(record);
            }
        }
        openFlushes++;
        engine.admission()
                .whenAdmitted()
                .thenRun(() -> agenda.at(clock.now(), () -> {
                    FlushTicket ticket = engine.flush();
                    if (ticket == null) {
                        openFlushes--; // the producer closes, which waits for the callbacks itself
                    } else {
                        ticket.done().thenRun(() -> onFlushed(before));
                    }
                }));
    }

    private void onFlushed(List<SimRecord> before) {
        openFlushes--;
        trace.add("flushed", before.size(), 0);
        for (SimRecord record : before) {
            if (!record.isOver()) {
                findings.add("FlushWaits", "flush() returned before this was complete: " + record);
            }
        }
    }

    /** Completes what was sent within this time, then fails the rest. */
    void close(long timeoutNanos) {
        if (closed) {
            return;
        }
        closed = true;
        trace.add("close", timeoutNanos, 0);
        engine.admission().stopTaking();
        engine.admission()
                .whenAdmitted()
                .thenRun(() -> agenda.at(clock.now(), () -> engine.shutdown().begin()));
        if (timeoutNanos < Agenda.NEVER / 4) {
            agenda.at(clock.now() + timeoutNanos, this::force);
        }
    }

    private void force() {
        if (!engine.hasEnded()) {
            trace.add("force", 0, 0);
            forced = true;
            engine.admission().close();
            engine.shutdown().force();
        }
    }
}
