package io.penstock.internal.network;

import org.jspecify.annotations.Nullable;

/**
 * This client's side of authenticating one connection once, worked out on another thread: it may ask the user's code, a key server, or
 * the processor for some milliseconds. Loop only.
 */
public interface SaslExchange {

    /**
     * Asks for the answer to what the broker sent, at first to nothing. One call of {@code replies} follows on the loop, from within
     * this call or later, unless the exchange is closed before.
     */
    void next(byte[] challenge, Replies replies);

    /** A broker's text without what must not be seen. */
    String conceal(String text);

    /** It is over, however it ended. Idempotent. */
    void close();

    /**
     * What is to be sent.
     *
     * @param bytes null for nothing
     * @param complete whether this side needs nothing more
     * @param principal who is being authenticated, for messages; may be empty
     */
    record Reply(byte @Nullable [] bytes, boolean complete, String principal) {}

    /** Told one of the two. */
    interface Replies {

        void onReply(Reply reply, long nowNanos);

        /** @param why a text for the user, without secrets */
        void onFailed(String why, long nowNanos);
    }
}
