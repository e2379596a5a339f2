package io.penstock.testkit.fire;

import io.penstock.testkit.process.JavaProcess;
import io.penstock.testkit.process.ProcessCluster;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** One broker and the proxy before it: what is wrong with them now, and until when. The nemesis's thread only. */
final class BrokerUnderFire {
    private final ProcessCluster cluster;
    private final int id;
    private final FlakyProxy proxy;
    private boolean away;
    private boolean restartDue;
    private boolean cutAtEnd;
    private long backNanos = System.nanoTime();
    private long weatherEndNanos = System.nanoTime();

    BrokerUnderFire(ProcessCluster cluster, int id, FlakyProxy proxy) {
        this.cluster = cluster;
        this.id = id;
        this.proxy = proxy;
    }

    int id() {
        return id;
    }

    boolean isAway() {
        return away;
    }

    boolean hasFineWeather() {
        return proxy.weather() == Weather.FINE;
    }

    void kill(long millis) {
        cluster.node(id).kill();
        leave(millis, true);
    }

    void pause(long millis) {
        cluster.node(id).pause(Duration.ofMillis(millis));
        leave(millis, false);
    }

    void restart() {
        cluster.node(id).terminate();
        leave(0, true);
    }

    private void leave(long millis, boolean restart) {
        away = true;
        restartDue = restart;
        backNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void cut() {
        proxy.cut();
    }

    void weather(Weather weather, long millis, boolean thenCut) {
        proxy.weather(weather);
        cutAtEnd = thenCut;
        weatherEndNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        if (weather.refuses()) {
            proxy.cut();
        }
    }

    /** Ends what is due to end. */
    void heal(long now) {
        if (!hasFineWeather() && now - weatherEndNanos >= 0) {
            if (cutAtEnd) {
                proxy.cut();
            }
            proxy.weather(Weather.FINE);
        }
        if (away && now - backNanos >= 0 && mayStart()) {
            if (restartDue) {
                cluster.startNode(id);
            }
            away = false;
            backNanos = now;
        }
    }

    /** A broker that was asked to stop may take its time, but not for ever. */
    private boolean mayStart() {
        JavaProcess process = cluster.node(id);
        if (!restartDue || !process.isAlive()) {
            return true;
        }
        if (System.nanoTime() - backNanos > TimeUnit.SECONDS.toNanos(20)) {
            process.kill();
        }
        return !process.isAlive();
    }
}
