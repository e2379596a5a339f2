package io.penstock.testkit.fire;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Draws faults from a seed and does them, until told to stop; then heals everything.
 *
 * <p>One thread. Processes and sockets have a time of their own, so a seed makes a run likely and not certain. Mostly one broker
 * is away at a time, sometimes two: then their partitions are too few for {@code min.insync.replicas}.
 */
final class Nemesis {

    private final List<BrokerUnderFire> brokers;
    private final LeaderMover leaders;
    private final Random random;
    private boolean secondDue;
    private final Map<FaultKind, Integer> done = new EnumMap<>(FaultKind.class);

    Nemesis(List<BrokerUnderFire> brokers, LeaderMover leaders, long seed) {
        this.brokers = brokers;
        this.leaders = leaders;
        this.random = new Random(seed);
    }

    /** How many faults of each kind were done. */
    Map<FaultKind, Integer> done() {
        return done;
    }

    void rage(long forNanos) throws InterruptedException {
        long end = System.nanoTime() + forNanos;
        long next = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
            heal(now);
            if (now - next >= 0) {
                strike(draw());
                next = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200 + random.nextInt(1_300));
            }
            Thread.sleep(20);
        }
    }

    /** Waits until all that was done has passed. */
    void healAll() throws InterruptedException {
        while (brokers.stream().anyMatch(broker -> broker.isAway() || !broker.hasFineWeather())) {
            heal(System.nanoTime());
            Thread.sleep(20);
        }
    }

    private void heal(long now) {
        brokers.forEach(broker -> broker.heal(now));
    }

    private FaultKind draw() {
        int total = 0;
        for (FaultKind kind : FaultKind.values()) {
            total += kind.weight();
        }
        int left = random.nextInt(total);
        for (FaultKind kind : FaultKind.values()) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("weights do not add up");
    }

    private void strike(FaultKind kind) {
        BrokerUnderFire broker = brokers.get(random.nextInt(brokers.size()));
        if (kind.takesBroker() && !mayTake(broker) || !kind.takesBroker() && !broker.hasFineWeather()) {
            return;
        }
        if (kind == FaultKind.MOVE_LEADERS && !leaders.move(random)) {
            return;
        }
        act(kind, broker);
        done.merge(kind, 1, Integer::sum);
    }

    /** One after the other, each when the last has caught up, however long that takes here; now and then a second one at once. */
    private boolean mayTake(BrokerUnderFire broker) {
        long away = brokers.stream().filter(BrokerUnderFire::isAway).count();
        if (broker.isAway()) {
            return false;
        }
        if (away == 1 && secondDue) {
            secondDue = false;
            return true;
        }
        if (away == 0 && leaders.isWhole()) {
            secondDue = random.nextInt(6) == 0;
            return true;
        }
        return false;
    }

    private void act(FaultKind kind, BrokerUnderFire broker) {
        switch (kind) {
            case KILL -> broker.kill(random.nextInt(5_000));
            case PAUSE -> broker.pause(500 + random.nextInt(9_500));
            case RESTART -> broker.restart();
            case MOVE_LEADERS -> {} // done
            case CUT -> broker.cut();
            case REFUSE -> broker.weather(Weather.REFUSING, 200 + random.nextInt(4_000), false);
            case SILENCE -> broker.weather(Weather.SILENT, 500 + random.nextInt(6_000), random.nextBoolean());
            case LOSE_ANSWERS -> broker.weather(Weather.ANSWERS_HELD, 20 + random.nextInt(1_500), true);
            case LATE_ANSWERS -> broker.weather(Weather.ANSWERS_HELD, 1_000 + random.nextInt(7_000), false);
            case SLOW ->
                broker.weather(Weather.slow(5_000 + random.nextInt(50_000)), 1_000 + random.nextInt(5_000), false);
        }
    }
}
