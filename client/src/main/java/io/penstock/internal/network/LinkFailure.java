package io.penstock.internal.network;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A failure of a link whose message says what happened and what to do about it; the broker's name is put in front. Immutable, and
 * without a stack trace of its own: it is an event of the network.
 */
public final class LinkFailure extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    private LinkFailure(boolean refused, String whatAndWhatToDo, @Nullable Throwable cause) {
        super(whatAndWhatToDo, cause);
        this.refused = refused;
    }

    /** One side does not accept who the other is, or how it speaks: only other settings or certificates help. */
    public static LinkFailure refused(String whatAndWhatToDo, @Nullable Throwable cause) {
        return new LinkFailure(true, whatAndWhatToDo, cause);
    }

    /** It may go better the next time. */
    public static LinkFailure passing(String whatAndWhatToDo, @Nullable Throwable cause) {
        return new LinkFailure(false, whatAndWhatToDo, cause);
    }

    boolean isRefused() {
        return refused;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
