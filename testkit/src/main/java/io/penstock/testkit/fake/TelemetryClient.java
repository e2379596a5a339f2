package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;

/** When a client asked and pushed last, so that one that does it too often is told to wait. Guarded by the cluster's lock. */
final class TelemetryClient {

    private static final long NEVER = -1;

    private long askedAtMillis = NEVER;
    private long pushedAtMillis = NEVER;
    private ErrorCode lastError = ErrorCode.NONE;
    private boolean gone;

    /** It may ask once in each interval, and at once after an error that sends it to ask. */
    boolean mayAsk(long nowMillis, long intervalMillis) {
        long last = Math.max(askedAtMillis, pushedAtMillis);
        boolean may = last == NEVER
                || nowMillis - last >= intervalMillis
                || lastError == ErrorCode.UNKNOWN_SUBSCRIPTION_ID
                || lastError == ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
        if (may) {
            askedAtMillis = nowMillis;
            lastError = ErrorCode.NONE;
        }
        return may;
    }

    /** It may push once in each interval, and at once after it asked. */
    boolean mayPush(long nowMillis, long intervalMillis) {
        boolean may = pushedAtMillis == NEVER
                || askedAtMillis > pushedAtMillis
                || nowMillis - pushedAtMillis >= intervalMillis;
        if (may) {
            pushedAtMillis = nowMillis;
        }
        return may;
    }

    void onAnswer(ErrorCode error) {
        lastError = error;
    }

    /** It has said that it goes. */
    void onGone() {
        gone = true;
    }

    boolean isGone() {
        return gone;
    }
}
