package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with requests of one kind: made with {@link FaultScript}, in force until used up or removed.
 *
 * <p>Guarded by the cluster's lock. It counts the requests that it met, and lets go of those that it holds.
 */
public final class Fault {

    /** What happens. */
    enum Kind {
        ERROR_INSTEAD,
        ERROR_AFTER,
        DELAY,
        DELAY_ANSWER,
        HOLD,
        HOLD_ANSWER,
        THROTTLE,
        THROTTLE_ENFORCED,
        DROP_BEFORE,
        DROP_AFTER,
        SILENCE,
        SILENCE_AFTER,
        TRUNCATE,
        STALL_HALFWAY,
        DRIP,
        GARBAGE,
        WRONG_CORRELATION,
        RUN
    }

    /** Which requests it is for; null or negative stands for any. */
    record Target(ApiKey apiKey, int brokerId, @Nullable String topic, int partition) {}

    /** With what it happens. */
    record Effect(Kind kind, ErrorCode error, long nanos, Runnable action) {}

    private final ReentrantLock lock;
    private final Target target;
    private final Effect effect;
    // At most one for each connection: a held connection serves nothing else.
    private final Queue<Runnable> held = new ArrayDeque<>();
    private int skipCount;
    private int remainingCount;
    private int hitCount;
    private boolean released;

    Fault(ReentrantLock lock, Target target, Effect effect, int skipCount, int remainingCount) {
        this.lock = lock;
        this.target = target;
        this.effect = effect;
        this.skipCount = skipCount;
        this.remainingCount = remainingCount;
    }

    /** How many requests it has met so far. */
    public int hitCount() {
        lock.lock();
        try {
            return hitCount;
        } finally {
            lock.unlock();
        }
    }

    /** Takes it out of force; requests that it holds go on. */
    public void remove() {
        lock.lock();
        try {
            remainingCount = 0;
            release();
        } finally {
            lock.unlock();
        }
    }

    /** Lets the requests go on that it holds, and holds none from now on. */
    public void release() {
        lock.lock();
        try {
            released = true;
            for (Runnable next = held.poll(); next != null; next = held.poll()) {
                next.run();
            }
        } finally {
            lock.unlock();
        }
    }

    Kind kind() {
        return effect.kind();
    }

    ErrorCode error() {
        return effect.error();
    }

    long nanos() {
        return effect.nanos();
    }

    void run() {
        effect.action().run();
    }

    boolean isSpent() {
        return remainingCount == 0;
    }

    void hold(Runnable continuation) {
        if (released) {
            continuation.run();
        } else {
            held.add(continuation);
        }
    }

    boolean isForAll() {
        return target.topic() == null;
    }

    boolean touches(String topic, int partition) {
        return (target.topic() == null || target.topic().equals(topic))
                && (target.partition() < 0 || target.partition() == partition);
    }

    /** Whether this request meets it; counts when so. */
    boolean meets(SeenRequest request) {
        if (remainingCount == 0
                || request.apiKey() != target.apiKey()
                || (target.brokerId() >= 0 && target.brokerId() != request.brokerId())
                || !touchesAny(request)) {
            return false;
        }
        if (skipCount > 0) {
            skipCount--;
            return false;
        }
        remainingCount--;
        hitCount++;
        return true;
    }

    private boolean touchesAny(SeenRequest request) {
        if (target.topic() == null) {
            return true;
        }
        if (request.apiKey() != ApiKey.PRODUCE) {
            return RequestTopics.names(request.message(), target.topic());
        }
        for (SeenBatch batch : request.batches()) {
            if (touches(batch.topic(), batch.partition())) {
                return true;
            }
        }
        return false;
    }
}
