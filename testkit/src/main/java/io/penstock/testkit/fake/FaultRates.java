package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often each {@link RandomFault} happens, as a probability for each request, and how long the lasting ones last. Immutable.
 *
 * <p>A request meets at most one fault of its own, and brings about at most one of the cluster.
 */
public final class FaultRates {

    private static final Map<ApiKey, List<ErrorCode>> ERRORS = errors();
    private static final List<ErrorCode> AFTER_APPEND = List.of(
            ErrorCode.NOT_ENOUGH_REPLICAS_AFTER_APPEND,
            ErrorCode.REQUEST_TIMED_OUT,
            ErrorCode.NOT_LEADER_OR_FOLLOWER,
            ErrorCode.KAFKA_STORAGE_ERROR);

    private final Map<RandomFault, Double> rates;
    private final Duration longest;

    private FaultRates(Map<RandomFault, Double> rates, Duration longest) {
        this.rates = rates;
        this.longest = longest;
    }

    /** Nothing goes wrong; what lasts, lasts up to 200 ms. */
    public static FaultRates none() {
        return new FaultRates(new EnumMap<>(RandomFault.class), Duration.ofMillis(200));
    }

    /** Every twentieth request meets something; nothing that loses records or fences producers. */
    public static FaultRates rough() {
        FaultRates rates = none();
        for (RandomFault fault : RandomFault.values()) {
            boolean harmless = fault != RandomFault.TOPIC_RECREATION && fault != RandomFault.TRANSACTION_EXPIRY;
            boolean seldom = fault == RandomFault.BROKER_RESTART
                    || fault == RandomFault.BROKER_CRASH
                    || fault == RandomFault.SILENCE
                    || fault == RandomFault.SILENCE_AFTER
                    || fault == RandomFault.STALL_HALFWAY;
            rates = rates.with(fault, harmless ? (seldom ? 0.001 : 0.004) : 0);
        }
        return rates;
    }

    /**
     * The same with another probability of one fault.
     *
     * @param probability 0 to 1 for each request
     */
    public FaultRates with(RandomFault fault, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(
                    "The probability of " + fault + " is " + probability + ", must be 0 to 1");
        }
        Map<RandomFault, Double> changed = new EnumMap<>(rates);
        changed.put(fault, probability);
        return new FaultRates(changed, longest);
    }

    /** The same with another longest time for delays, throttling and what the cluster suffers. */
    public FaultRates lasting(Duration upTo) {
        if (upTo.toNanos() < 1) {
            throw new IllegalArgumentException("Faults last up to " + upTo + ", must be more than nothing");
        }
        return new FaultRates(rates, upTo);
    }

    double rate(RandomFault fault) {
        return rates.getOrDefault(fault, 0.0);
    }

    long longestNanos() {
        return longest.toNanos();
    }

    /** The errors that such a request may meet at any time; none for those that have none to retry. */
    static List<ErrorCode> errorsFor(ApiKey key) {
        return ERRORS.getOrDefault(key, List.of());
    }

    static List<ErrorCode> errorsAfterAppend() {
        return AFTER_APPEND;
    }

    private static Map<ApiKey, List<ErrorCode>> errors() {
        Map<ApiKey, List<ErrorCode>> errors = new EnumMap<>(ApiKey.class);
        List<ErrorCode> coordinator = List.of(
                ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
                ErrorCode.COORDINATOR_NOT_AVAILABLE,
                ErrorCode.NOT_COORDINATOR,
                ErrorCode.CONCURRENT_TRANSACTIONS);
        errors.put(
                ApiKey.PRODUCE,
                List.of(
                        ErrorCode.NOT_LEADER_OR_FOLLOWER,
                        ErrorCode.NOT_ENOUGH_REPLICAS,
                        ErrorCode.REQUEST_TIMED_OUT,
                        ErrorCode.KAFKA_STORAGE_ERROR,
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
                        ErrorCode.LEADER_NOT_AVAILABLE,
                        ErrorCode.CORRUPT_MESSAGE));
        errors.put(ApiKey.METADATA, List.of(ErrorCode.LEADER_NOT_AVAILABLE, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        errors.put(
                ApiKey.FIND_COORDINATOR,
                List.of(ErrorCode.COORDINATOR_NOT_AVAILABLE, ErrorCode.COORDINATOR_LOAD_IN_PROGRESS));
        errors.put(ApiKey.INIT_PRODUCER_ID, coordinator.subList(0, 3));
        errors.put(ApiKey.ADD_PARTITIONS_TO_TXN, coordinator);
        errors.put(ApiKey.ADD_OFFSETS_TO_TXN, coordinator);
        errors.put(ApiKey.END_TXN, coordinator);
        errors.put(
                ApiKey.TXN_OFFSET_COMMIT,
                List.of(
                        ErrorCode.COORDINATOR_LOAD_IN_PROGRESS,
                        ErrorCode.COORDINATOR_NOT_AVAILABLE,
                        ErrorCode.NOT_COORDINATOR,
                        ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        return errors;
    }

    @Override
    public String toString() {
        return rates + " up to " + longest;
    }
}
