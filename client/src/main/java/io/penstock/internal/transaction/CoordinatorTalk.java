package io.penstock.internal.transaction;

import io.penstock.internal.transaction.CoordinatorCommand.AddOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.AddPartitions;
import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.CoordinatorCommand.EndTransaction;
import io.penstock.internal.transaction.CoordinatorCommand.FindCoordinator;
import org.jspecify.annotations.Nullable;

/**
 * One question at a time to whoever coordinates, asked again until there is an answer that settles it.
 *
 * <p>Loop only. Knows whom to ask, how long to pause, and what an error means; what is wished for, and what follows from an answer,
 * is the {@link Asker}'s affair. Questions have no number of attempts: a transaction whose coordinator is away cannot be ended in any
 * other way, and pauses grow to {@code retry.backoff.max.ms}.
 */
final class CoordinatorTalk {

    /** Who wants to know. */
    interface Asker {
        /** The question of the moment; null for none. Asked anew before every attempt. */
        @Nullable
        CoordinatorCommand wish();

        void onDone(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos);

        void onRefused(CoordinatorCommand command, CoordinatorAnswer answer, AnswerVerdict verdict, long nowNanos);
    }

    private final Asker asker;
    private final TransactionProgress progress;
    private final RetryPause pause;
    private final Coordinators coordinators;

    /** After which a topic that nobody knows is not waited for any more. */
    private final long patienceMillis;

    private @Nullable CoordinatorCommand inFlight;

    /** The command in flight is the first that the coordinator hears of the transaction. */
    private boolean opening;

    /** @param timeoutMillis how long a transaction may be open */
    CoordinatorTalk(
            Asker asker, TransactionProgress progress, Coordinators coordinators, RetryPause pause, int timeoutMillis) {
        this.asker = asker;
        this.progress = progress;
        this.coordinators = coordinators;
        this.pause = pause;
        this.patienceMillis = timeoutMillis / 2;
    }

    @Nullable
    CoordinatorCommand next(long nowNanos) {
        if (inFlight != null || pause.isOn(nowNanos)) {
            return null;
        }
        CoordinatorCommand wish = asker.wish();
        if (wish == null) {
            return null;
        }
        FindCoordinator first = coordinators.lookUpFor(wish);
        return first == null ? wish : first;
    }

    long retryAtNanos(long nowNanos) {
        MarkerWait markers = progress.markers();
        if (inFlight != null || !pause.isOn(nowNanos)) {
            return markers.isOn() ? markers.untilNanos() : Long.MAX_VALUE;
        }
        boolean markersFirst = markers.isOn() && markers.untilNanos() - pause.untilNanos() < 0;
        return markersFirst ? markers.untilNanos() : pause.untilNanos();
    }

    void onSent(CoordinatorCommand command) {
        inFlight = command;
        boolean begins = command instanceof AddPartitions || command instanceof AddOffsets;
        opening = begins && !progress.isStarted();
        if (begins || command instanceof CommitOffsets) {
            progress.onStarted();
        } else if (isCommit(command)) {
            progress.onCommitSent();
        }
    }

    void onUnreachable(CoordinatorCommand command, long nowNanos) {
        coordinators.forget(command);
        pause.usual(nowNanos);
    }

    void onLost(CoordinatorCommand command, long nowNanos) {
        inFlight = null;
        opening = false;
        onUnreachable(command, nowNanos);
    }

    void onAnswer(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        inFlight = null;
        if (opening && answer.isRefusedBeforehand()) {
            progress.onNothingStarted(); // there is nothing that an end could be asked for
        }
        opening = false;
        if (isCommit(command) && answer.isRefusedBeforehand()) {
            progress.onCommitRefused();
        }
        AnswerVerdict verdict = verdict(command, answer, nowNanos);
        switch (verdict) {
            case DONE -> onDone(command, answer, nowNanos);
            case RETRY -> pause.usual(nowNanos);
            case RETRY_SOON -> pause.soon(nowNanos);
            case MOVED -> {
                coordinators.forget(command);
                pause.soon(nowNanos);
            }
            default -> {
                pause.reset();
                asker.onRefused(command, answer, verdict, nowNanos);
            }
        }
    }

    private AnswerVerdict verdict(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        AnswerVerdict verdict = AnswerVerdict.of(command, answer.error());
        return switch (verdict) {
            case RETRY_WHILE_OPEN -> {
                boolean late = progress.isOpen() && progress.openMillis(nowNanos) >= patienceMillis;
                yield late ? AnswerVerdict.ABORT : AnswerVerdict.RETRY;
            }
            case ABORT, ABORT_AND_RAISE_EPOCH -> progress.isInDoubt() ? verdictInDoubt(command, verdict) : verdict;
            default -> verdict;
        };
    }

    /** Who was told to abort, and begin anew, would do twice what was committed before another producer came. */
    private AnswerVerdict verdictInDoubt(CoordinatorCommand command, AnswerVerdict verdict) {
        if (verdict == AnswerVerdict.ABORT && isCommit(command)) {
            progress.onNotCommitted();
            return verdict;
        }
        return AnswerVerdict.FATAL;
    }

    private static boolean isCommit(CoordinatorCommand command) {
        return command instanceof EndTransaction end && end.committed();
    }

    private void onDone(CoordinatorCommand command, CoordinatorAnswer answer, long nowNanos) {
        if (command instanceof FindCoordinator question) {
            pause.end();
            coordinators.onFound(question, answer.nodeId());
            return;
        }
        pause.reset();
        asker.onDone(command, answer, nowNanos);
    }
}
