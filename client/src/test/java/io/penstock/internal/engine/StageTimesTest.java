package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.MetricName;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** How long records spend where, on virtual time: what a test makes them wait is what the metrics say. */
class StageTimesTest {

    private static double value(VirtualEngine virtual, String name) {
        return (double) virtual.engine
                .metrics()
                .get(new MetricName(name, "producer-metrics", "", Map.of("client-id", "virtual")))
                .metricValue();
    }

    private static void assertMillis(VirtualEngine virtual, String name, double millis) {
        assertThat(value(virtual, name)).as(name).isCloseTo(millis, Percentage.withPercentage(1.6));
    }

    private static VirtualEngine warm(Object... settings) {
        VirtualEngine virtual = new VirtualEngine(settings);
        virtual.cluster.topic("t", 1);
        virtual.send("t", 1);
        virtual.after(100_000); // the first record's times have left the windows
        return virtual;
    }

    @Test
    void accumulator_isWhatABatchLingers() {
        VirtualEngine virtual = warm("linger.ms", 40);
        for (int i = 0; i < 200; i++) {
            virtual.send("t", 1);
            virtual.after(100);
        }
        assertMillis(virtual, "accumulator-time-ms-p50", 40);
        assertMillis(virtual, "accumulator-time-ms-p999", 40);
        assertMillis(virtual, "accumulator-time-ms-max", 40);
        assertThat(value(virtual, "in-flight-time-ms-max")).isZero();
        assertThat(value(virtual, "callback-time-ms-max")).isZero();
        assertThat(value(virtual, "admission-time-ms-p50")).isZero();
        assertThat(value(virtual, "admission-time-ms-max")).isZero();
    }

    @Test
    void inFlight_isWhatABrokerTakes() {
        VirtualEngine virtual = warm("linger.ms", 0);
        for (int i = 1; i <= 100; i++) {
            virtual.cluster.holdProduceOf = 0;
            virtual.send("t", 1);
            virtual.after(i == 100 ? 400 : 20);
            virtual.cluster.holdProduceOf = -1;
            virtual.cluster.answerHeld();
            virtual.settle();
        }
        assertMillis(virtual, "in-flight-time-ms-p50", 20);
        assertMillis(virtual, "in-flight-time-ms-p99", 20);
        assertMillis(virtual, "in-flight-time-ms-p999", 400);
        assertMillis(virtual, "in-flight-time-ms-max", 400);
    }

    @Test
    void admission_isWhatARecordWaitsForItsTopic_andZeroForAllOthers() {
        VirtualEngine virtual = warm("linger.ms", 0);
        virtual.send("late", 1);
        virtual.after(3_000);
        virtual.cluster.topic("late", 1);
        virtual.after(2_000);
        assertThat(value(virtual, "admission-time-ms-p50")).isBetween(3_000.0, 4_100.0);
        for (int i = 0; i < 99; i++) {
            virtual.send("late", 1);
            virtual.after(10);
        }
        assertThat(value(virtual, "admission-time-ms-p50")).isZero();
        assertThat(value(virtual, "admission-time-ms-p99")).isZero();
        assertThat(value(virtual, "admission-time-ms-p999")).isBetween(2_950.0, 4_200.0);
    }

    @Test
    void throttle_isWhatABrokerAsksFor() {
        VirtualEngine virtual = warm("linger.ms", 0);
        virtual.cluster.produceAnswers = answer -> answer.throttleTimeMs(700);
        virtual.send("t", 1);
        virtual.after(1_000);
        assertMillis(virtual, "throttle-time-ms-p50", 700);
        assertMillis(virtual, "throttle-time-ms-max", 700);
    }

    @Test
    void callback_isWhatTheUsersCodeTakes() {
        VirtualEngine virtual = warm("linger.ms", 0);
        virtual.send("t", 1).delivered().thenRun(() -> virtual.clock.advanceMillis(250));
        virtual.after(1_000);
        assertMillis(virtual, "callback-time-ms-p99", 250);
        assertMillis(virtual, "callback-time-ms-max", 250);
    }
}
