package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.serialization.StringSerializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.junit.jupiter.api.Test;

/** Prevents: a reporter that failed left the producer's authentication, and the user's handlers, open for good. */
class FailedStartTest {

    private static final AtomicInteger OPEN_HANDLERS = new AtomicInteger();

    @Test
    void reporter_thatFails_leavesNothingOpen() {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", "localhost:1");
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", "PLAIN");
        configs.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"a\" password=\"b\";");
        configs.put("sasl.client.callback.handler.class", Handler.class.getName());
        configs.put("metric.reporters", FailingReporter.class.getName());

        assertThatThrownBy(() -> new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer()))
                .hasStackTraceContaining("no room for metrics");

        assertThat(OPEN_HANDLERS).hasValue(0);
    }

    /** Counts itself. */
    public static final class Handler implements AuthenticateCallbackHandler {

        @Override
        public void configure(
                Map<String, ?> configs, String saslMechanism, List<AppConfigurationEntry> jaasConfigEntries) {
            OPEN_HANDLERS.incrementAndGet();
        }

        @Override
        public void handle(Callback[] callbacks) {}

        @Override
        public void close() {
            OPEN_HANDLERS.decrementAndGet();
        }
    }

    /** Takes no metrics. */
    public static final class FailingReporter implements MetricsReporter {

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public void init(List<Metric> metrics) {
            throw new IllegalStateException("no room for metrics");
        }

        @Override
        public void metricChange(Metric metric) {}

        @Override
        public void metricRemoval(Metric metric) {}

        @Override
        public void close() {}
    }
}
