package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Draws what a request meets, and what happens to the cluster. Guarded by the cluster's lock. */
final class FaultDraw {

    private static final RandomFault[] ALL = RandomFault.values();

    private final SplittableRandom random;
    private final FaultRates rates;
    private final ReentrantLock lock;

    FaultDraw(long seed, FaultRates rates, ReentrantLock lock) {
        this.random = new SplittableRandom(seed);
        this.rates = rates;
        this.lock = lock;
    }

    /** One of the request's kind or of the cluster's, null for none. */
    @Nullable
    RandomFault draw(boolean ofRequest) {
        double at = random.nextDouble();
        for (RandomFault fault : ALL) {
            if (fault.isOfRequest() == ofRequest) {
                at -= rates.rate(fault);
                if (at < 0) {
                    return fault;
                }
            }
        }
        return null;
    }

    /** The fault that this request meets; null where it does not apply to such a request. */
    @Nullable
    Fault fault(RandomFault drawn, SeenRequest request) {
        Fault.Target target = new Fault.Target(request.apiKey(), -1, null, -1);
        return switch (drawn) {
            case ERROR -> error(Fault.Kind.ERROR_INSTEAD, FaultRates.errorsFor(request.apiKey()), request);
            case ERROR_AFTER ->
                request.apiKey() == ApiKey.PRODUCE
                        ? error(Fault.Kind.ERROR_AFTER, FaultRates.errorsAfterAppend(), request)
                        : null;
            case DELAY -> timed(Fault.Kind.DELAY, target);
            case DELAY_ANSWER -> timed(Fault.Kind.DELAY_ANSWER, target);
            case THROTTLE -> timed(Fault.Kind.THROTTLE_ENFORCED, target);
            case DROP_BEFORE -> plain(Fault.Kind.DROP_BEFORE, target);
            case DROP_AFTER -> plain(Fault.Kind.DROP_AFTER, target);
            case TRUNCATE -> plain(Fault.Kind.TRUNCATE, target);
            case STALL_HALFWAY -> plain(Fault.Kind.STALL_HALFWAY, target);
            case GARBAGE -> plain(Fault.Kind.GARBAGE, target);
            case WRONG_CORRELATION -> plain(Fault.Kind.WRONG_CORRELATION, target);
            case SILENCE -> plain(Fault.Kind.SILENCE, target);
            case SILENCE_AFTER -> plain(Fault.Kind.SILENCE_AFTER, target);
            default -> throw new IllegalArgumentException(drawn + " happens to the cluster");
        };
    }

    /** An index below {@code bound}. */
    int index(int bound) {
        return random.nextInt(bound);
    }

    /** How long something lasts. */
    long nanos() {
        return 1 + random.nextLong(rates.longestNanos());
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(index(choices.size()));
    }

    /** For all of the request, or as often for one of its batches alone. */
    private @Nullable Fault error(Fault.Kind kind, List<ErrorCode> errors, SeenRequest request) {
        if (errors.isEmpty()) {
            return null;
        }
        ErrorCode error = oneOf(errors);
        boolean single = !request.batches().isEmpty() && random.nextBoolean();
        SeenBatch batch = single ? oneOf(request.batches()) : null;
        Fault.Target target = batch == null
                ? new Fault.Target(request.apiKey(), -1, null, -1)
                : new Fault.Target(request.apiKey(), -1, batch.topic(), batch.partition());
        return fault(target, new Fault.Effect(kind, error, 0, () -> {}));
    }

    private Fault timed(Fault.Kind kind, Fault.Target target) {
        return fault(target, new Fault.Effect(kind, ErrorCode.NONE, nanos(), () -> {}));
    }

    private Fault plain(Fault.Kind kind, Fault.Target target) {
        return fault(target, new Fault.Effect(kind, ErrorCode.NONE, 0, () -> {}));
    }

    private Fault fault(Fault.Target target, Fault.Effect effect) {
        return new Fault(lock, target, effect, 0, 1);
    }
}
