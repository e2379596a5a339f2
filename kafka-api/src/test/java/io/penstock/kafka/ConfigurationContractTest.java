package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What both producers refuse to be built with, in the same way. No broker is needed for it. */
class ConfigurationContractTest {

    private static final String NOBODY = "127.0.0.1:1";

    @BeforeEach
    void forget() {
        Plugins.SEEN.clear();
    }

    @ParameterizedTest
    @EnumSource
    void configuration_thatDoesNotHoldByItself_isAConfigException(Side side) {
        String bootstrap = NOBODY;
        for (Map<String, Object> wrong : List.of(
                Map.<String, Object>of("acks", "2"),
                Map.<String, Object>of("batch.size", "many"),
                Map.<String, Object>of("compression.type", "zip"),
                Map.<String, Object>of("acks", "1", "enable.idempotence", true),
                Map.<String, Object>of("retries", 0, "enable.idempotence", true),
                Map.<String, Object>of("max.in.flight.requests.per.connection", 6, "enable.idempotence", true),
                Map.<String, Object>of("key.serializer", "no.such.Class"),
                Map.<String, Object>of("security.protocol", "TELEPATHY"))) {
            Map<String, Object> configs = Side.configs(bootstrap);
            configs.put("key.serializer", StringSerializer.class);
            configs.put("value.serializer", StringSerializer.class);
            configs.putAll(wrong);
            assertThatThrownBy(() -> side.create(configs, null, null).close())
                    .as("%s", wrong)
                    .isExactlyInstanceOf(ConfigException.class)
                    .hasMessageContaining(wrong.keySet().stream()
                            .filter(key -> !key.equals("enable.idempotence"))
                            .findFirst()
                            .orElseThrow()
                            .split("\\.")[0]);
        }
        Map<String, Object> nothing = Side.configs(bootstrap);
        assertThatThrownBy(
                        () -> side.create(nothing, null, new StringSerializer()).close())
                .isExactlyInstanceOf(ConfigException.class)
                .hasMessageContaining("key.serializer");
        Properties properties = new Properties();
        properties.put(5, "x");
        assertThatThrownBy(() -> (side == Side.APACHE
                                ? new org.apache.kafka.clients.producer.KafkaProducer<>(
                                        properties, new StringSerializer(), new StringSerializer())
                                : new PenstockProducer<>(properties, new StringSerializer(), new StringSerializer()))
                        .close())
                .isExactlyInstanceOf(ConfigException.class);
    }

    @ParameterizedTest
    @EnumSource
    void configuration_thatFailsWhenPutTogether_isAKafkaExceptionWithTheCause(Side side) {
        String bootstrap = NOBODY;
        for (Map<String, Object> wrong : List.of(
                Map.<String, Object>of("bootstrap.servers", "nonsense"),
                Map.<String, Object>of("delivery.timeout.ms", 10, "request.timeout.ms", 100),
                Map.<String, Object>of("partitioner.class", StringSerializer.class.getName()))) {
            Map<String, Object> configs = Side.configs(bootstrap);
            configs.putAll(wrong);
            Throwable thrown = catchThrowable(
                    () -> side.create(configs, (Serializer<String>) new StringSerializer(), new StringSerializer())
                            .close());
            assertThat(thrown).as("%s", wrong).isExactlyInstanceOf(KafkaException.class);
            assertThat(thrown.getCause()).as("%s", wrong).isInstanceOf(KafkaException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void construction_thatFails_closesWhatItHasCreated(Side side) {
        assertThatThrownBy(() -> Plugins.producer(side, NOBODY, "second.fails.to.configure", true)
                        .close())
                .isExactlyInstanceOf(KafkaException.class);
        assertThat(Plugins.SEEN)
                .contains("first close", "second close", "key close", "value close", "partitioner close");
    }
}
