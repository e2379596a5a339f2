package io.penstock.internal.engine;

import io.penstock.producer.JmxReporter;
import io.penstock.producer.MetricsReporter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When reporters are told of the metrics and the MBean of the producer itself is registered: at once, as in Kafka, but where only JMX
 * would hear of it and nothing in this process has started JMX yet. Then a second later, by a thread that ends with it: starting JMX
 * takes a quarter of the time of a cold start, and longer than the first record's way to the broker and back.
 *
 * <p>Any thread; guarded by its own lock.
 */
final class Monitoring implements AutoCloseable {

    static final long DELAY_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Monitoring.class);

    private final String clientId;
    private final long startMillis;
    private final Runnable report;
    private final long delayMillis;
    private @Nullable AppInfo appInfo;
    private boolean closed;

    private Monitoring(String clientId, long startMillis, Runnable report, long delayMillis) {
        this.clientId = clientId;
        this.startMillis = startMillis;
        this.report = report;
        this.delayMillis = delayMillis;
    }

    /** @param report tells these reporters of the metrics */
    static Monitoring start(String clientId, long startMillis, List<MetricsReporter> reporters, Runnable report) {
        boolean late = MBeanServerFactory.findMBeanServer(null).isEmpty();
        for (MetricsReporter reporter : reporters) {
            late &= reporter.getClass() == JmxReporter.class;
        }
        return start(clientId, startMillis, report, late ? DELAY_MILLIS : 0);
    }

    /** @param delayMillis 0 for at once, on this thread */
    static Monitoring start(String clientId, long startMillis, Runnable report, long delayMillis) {
        Monitoring monitoring = new Monitoring(clientId, startMillis, report, delayMillis);
        if (delayMillis == 0) {
            monitoring.begin();
        } else {
            Thread thread = new Thread(monitoring::beginLater, "penstock-jmx-" + clientId);
            thread.setDaemon(true);
            thread.start();
        }
        return monitoring;
    }

    private synchronized void begin() {
        report.run();
        appInfo = new AppInfo(clientId, startMillis);
    }

    private synchronized void beginLater() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delayMillis);
        try {
            for (long left = delayMillis;
                    left > 0 && !closed;
                    left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())) {
                wait(left);
            }
            if (!closed) {
                begin();
            }
        } catch (InterruptedException | RuntimeException e) {
            LOG.warn("The metrics of the producer {} are not shown by JMX", clientId, e);
        }
    }

    /** Reporters are told nothing any more of their own accord, and the producer's bean is gone. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
            if (appInfo != null) {
                appInfo.close();
            }
        }
    }
}
