package io.penstock.testkit.mock;

import io.penstock.errors.ProducerFencedException;

/** Where a mock's transaction stands, and which calls that allows. Guarded by the mock. */
final class MockTransaction {

    private boolean closed;
    private boolean fenced;
    private boolean initialized;
    private boolean inFlight;
    private boolean committed;
    private boolean aborted;
    private long commitCount;

    void checkUsable() {
        checkNotClosed();
        if (fenced) {
            throw new ProducerFencedException("MockProducer is fenced.");
        }
    }

    void checkNotClosed() {
        if (closed) {
            throw new IllegalStateException("MockProducer is already closed.");
        }
    }

    void checkInitialized() {
        checkUsable();
        if (!initialized) {
            throw new IllegalStateException(
                    "MockProducer hasn't been initialized for transactions. Call initTransactions() first.");
        }
    }

    void checkInFlight() {
        checkInitialized();
        if (!inFlight) {
            throw new IllegalStateException("There is no open transaction. Call beginTransaction() first.");
        }
    }

    void checkNotInitialized() {
        checkUsable();
        if (initialized) {
            throw new IllegalStateException("MockProducer has already been initialized for transactions.");
        }
    }

    void checkNotInFlight() {
        if (inFlight) {
            throw new IllegalStateException("Transaction already started");
        }
    }

    void initialize() {
        initialized = true;
        end(false, false);
    }

    void begin() {
        end(false, false);
        inFlight = true;
    }

    void commit() {
        end(true, false);
        commitCount++;
    }

    void abort() {
        end(false, true);
    }

    private void end(boolean byCommit, boolean byAbort) {
        inFlight = false;
        committed = byCommit;
        aborted = byAbort;
    }

    void close() {
        closed = true;
    }

    void fence() {
        checkInitialized();
        fenced = true;
    }

    boolean isClosed() {
        return closed;
    }

    boolean isFenced() {
        return fenced;
    }

    boolean isInitialized() {
        return initialized;
    }

    boolean isInFlight() {
        return inFlight;
    }

    boolean isCommitted() {
        return committed;
    }

    boolean isAborted() {
        return aborted;
    }

    long commitCount() {
        return commitCount;
    }
}
