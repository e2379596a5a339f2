package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.JmxReporter;
import io.penstock.producer.MetricsReporter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** That JMX may be started later must not mean that it is started twice, after the end, or never. */
class MonitoringTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final long NEVER_MILLIS = TimeUnit.HOURS.toMillis(1);

    private final AtomicInteger reports = new AtomicInteger();

    private static boolean isShown(String clientId) throws Exception {
        return SERVER.isRegistered(new ObjectName("kafka.producer:type=app-info,id=" + clientId));
    }

    @Test
    void start_whenJmxRuns_reportsAtOnce() throws Exception {
        List<MetricsReporter> jmx = List.of(new JmxReporter());
        Monitoring monitoring = Monitoring.start("monitoring-1", 1, jmx, reports::incrementAndGet);
        assertThat(reports).hasValue(1);
        assertThat(isShown("monitoring-1")).isTrue();
        monitoring.close();
        assertThat(isShown("monitoring-1")).isFalse();
    }

    @Test
    void start_whenDelayed_reportsOnceAfterIt_onAThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> reported = new CompletableFuture<>();
        Monitoring monitoring = Monitoring.start("monitoring-2", 1, () -> reported.complete(Thread.currentThread()), 1);
        Thread thread = reported.get(30, TimeUnit.SECONDS);
        assertThat(thread).isNotSameAs(Thread.currentThread());
        thread.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(thread.isAlive()).isFalse();
        assertThat(isShown("monitoring-2")).isTrue();
        monitoring.close();
        assertThat(isShown("monitoring-2")).isFalse();
    }

    @Test
    void close_beforeTheDelayIsOver_reportsNothing_andEndsTheThread() throws Exception {
        Monitoring monitoring = Monitoring.start("monitoring-3", 1, reports::incrementAndGet, NEVER_MILLIS);
        Thread waiting = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("penstock-jmx-monitoring-3"))
                .findAny()
                .orElseThrow();
        monitoring.close();
        waiting.join(TimeUnit.SECONDS.toMillis(30));
        assertThat(waiting.isAlive()).isFalse();
        assertThat(reports).hasValue(0);
        assertThat(isShown("monitoring-3")).isFalse();
    }

    /** Whoever made the producer is told of a reporter that fails, as in Kafka. */
    @Test
    void start_whenAReporterFails_throws() {
        assertThatThrownBy(() -> Monitoring.start(
                        "monitoring-4",
                        1,
                        () -> {
                            throw new IllegalStateException("the reporter");
                        },
                        0))
                .hasMessage("the reporter");
    }
}
