package io.penstock.testkit.sim;

import io.penstock.testkit.fake.BrokerRelease;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * What a seed draws of transactions. Immutable.
 *
 * @param idCount transactional ids, each of which is used by one producer after the other; 0 in seeds without transactions
 * @param version of the cluster's feature {@code transaction.version}
 * @param timeoutMs {@code transaction.timeout.ms}, at least
 * @param transactionCount that each id begins in the working time, about
 * @param rivalCount how often a second producer of an id comes while the first is there
 * @param freezeCount how often a producer stands still for a while
 * @param upgrades whether the cluster's feature is raised to 2 in the middle
 * @param blocks whether the calls are those that block, where none does already
 * @param impatient whether they, and all others, do so only for a moment
 */
record TransactionPlan(
        int idCount,
        int version,
        int timeoutMs,
        int transactionCount,
        int rivalCount,
        int freezeCount,
        boolean upgrades,
        boolean blocks,
        boolean impatient) {

    private static final int LONG_TIMEOUT_MS = 60_000;
    private static final int SHORT_BLOCK_MS = 100;

    /** Enough for a connection and what is asked on it, so that a producer gets somewhere when all is well. */
    private static final int ROUND_TRIPS = 12;

    static final TransactionPlan NONE = new TransactionPlan(0, 2, LONG_TIMEOUT_MS, 0, 0, 0, false, false, false);

    /** One seed in so many has transactions. */
    private static final int SEEDS_PER_TRANSACTIONAL = 4;

    static TransactionPlan draw(BrokerRelease release, RandomGenerator random, RandomGenerator ofBlocking) {
        if (random.nextInt(SEEDS_PER_TRANSACTIONAL) > 0) {
            return NONE;
        }
        int version = release != BrokerRelease.CURRENT ? 0 : random.nextBoolean() ? 2 : random.nextInt(2);
        boolean blocks = ofBlocking.nextBoolean();
        boolean troubled = random.nextInt(3) > 0;
        return new TransactionPlan(
                1 + random.nextInt(2),
                version,
                random.nextInt(3) > 0 ? LONG_TIMEOUT_MS : 1_000 + random.nextInt(5_000),
                1 + random.nextInt(8),
                troubled ? random.nextInt(3) : 0,
                troubled ? random.nextInt(2) : 0,
                release == BrokerRelease.CURRENT && version < 2 && random.nextInt(4) == 0,
                blocks,
                blocks && ofBlocking.nextBoolean());
    }

    boolean isNone() {
        return idCount == 0;
    }

    /** The settings that transactions need, in place of some that were drawn. */
    Map<String, Object> over(Map<String, Object> drawn, SimNetwork.Traits network, RandomGenerator random) {
        Map<String, Object> settings = new HashMap<>(drawn);
        settings.put("enable.idempotence", true);
        settings.put("acks", "all");
        settings.put("max.in.flight.requests.per.connection", 1 + random.nextInt(5));
        settings.put("retries", random.nextInt(4) == 0 ? 3 : Integer.MAX_VALUE);
        int delayMs = (int) TimeUnit.NANOSECONDS.toMillis(network.maxDelayNanos());
        int shortMs = SHORT_BLOCK_MS + ROUND_TRIPS * delayMs;
        int patienceMs = random.nextBoolean() ? 5_000 : 60_000;
        settings.put("max.block.ms", impatient ? shortMs : patienceMs);
        // Where no transaction can be done in its time, the last ones of an id would follow each other for ever.
        settings.put("transaction.timeout.ms", Math.max(timeoutMs, 2 * ROUND_TRIPS * delayMs));
        return settings;
    }
}
