package io.penstock.testkit.sim;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FaultRates;
import io.penstock.testkit.fake.RandomFaults;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a seed draws besides, from a stream of its own. Immutable.
 *
 * @param produceQuota bytes a second at each broker; 0 for none
 * @param careless whether callbacks and the interceptor throw, now and then
 * @param asksCount how often the application asks for a topic's partitions
 * @param faultSeed of the cluster's own schedule of faults; 0 for none
 * @param secrets whether settings hold passwords, which are of no use to this producer
 */
record Extras(long produceQuota, boolean careless, int asksCount, long faultSeed, boolean secrets) {

    /** Found anywhere but where it was given, it has leaked. */
    static final String SECRET = "swordfish";

    private static final int RECORDS_PER_THROW = 7;

    static Extras draw(boolean calm, RandomGenerator random) {
        long quota = random.nextInt(8) == 0 ? 20_000 + random.nextInt(180_000) : 0;
        boolean throwing = random.nextInt(6) == 0;
        int asks = random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0;
        long seed = random.nextInt(8) == 0 ? random.nextLong() | 1 : 0;
        return new Extras(quota, throwing, asks, calm ? 0 : seed, random.nextInt(8) == 0);
    }

    /** Adds what is drawn of the producer's settings. */
    void over(Map<String, Object> settings) {
        if (secrets) {
            settings.put("ssl.key.password", SECRET);
            settings.put("sasl.jaas.config", "a.Module required password=\"" + SECRET + "\";");
        }
    }

    /** From now on the cluster is as drawn; what is answered has to be stopped, null when there is nothing. */
    @Nullable
    RandomFaults begin(FakeCluster cluster) {
        cluster.produceQuota(produceQuota);
        return faultSeed == 0
                ? null
                : cluster.randomFaults(faultSeed, FaultRates.rough().lasting(Duration.ofMillis(500)));
    }

    /** How long a broker may want to be left alone for the quota's sake when all is healed. */
    long silenceNanos() {
        return produceQuota == 0 ? 0 : TimeUnit.SECONDS.toNanos(10);
    }

    /** What user code does that has been told of this record. */
    void tell(SimRecord record) {
        if (careless && record.id % RECORDS_PER_THROW == 0) {
            throw new UserMistake();
        }
    }

    /** It has no stack: thousands are thrown, and nobody reads them. */
    static final class UserMistake extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UserMistake() {
            super("thrown by the application", null, false, false);
        }
    }
}
