package io.penstock.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Listeners beside the plaintext one, with Apache's own producer as their client. */
class BrokerListenerTest {
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule required ";

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.builder()
                .brokers(2)
                .listener(new BrokerListener(
                        "clients",
                        SecurityProtocol.SASL_PLAINTEXT,
                        Map.of(
                                "sasl.enabled.mechanisms",
                                "PLAIN",
                                "plain.sasl.jaas.config",
                                PLAIN + "user_alice=\"right\";")))
                .start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void saslListener_takesWhoKnowsThePassword() throws Exception {
        assertThat(kafka.bootstrapServers("CLIENTS"))
                .matches("localhost:\\d+,localhost:\\d+")
                .isEqualTo(kafka.bootstrapServers("clients"));
        assertThat(kafka.bootstrapServers()).doesNotContain("localhost");
        kafka.createTopic("through-sasl", 4, Map.of());

        try (KafkaProducer<String, String> producer = producer("right")) {
            for (int partition = 0; partition < 4; partition++) {
                producer.send(new ProducerRecord<>("through-sasl", partition, "k", "v"))
                        .get(60, TimeUnit.SECONDS);
            }
        }

        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            assertThat(reader.endOffsets("through-sasl")).containsExactly(1, 1, 1, 1);
        }
    }

    @Test
    void saslListener_refusesWhoDoesNot() {
        try (KafkaProducer<String, String> producer = producer("wrong")) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("through-sasl", "v"))
                            .get(60, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SaslAuthenticationException.class);
        }
    }

    @Test
    void bootstrapServers_ofUnknownListener_namesThoseThereAre() {
        assertThatThrownBy(() -> kafka.bootstrapServers("other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"other\"")
                .hasMessageContaining("CLIENTS");
    }

    @Test
    void listener_withNameInUseOrImpossible_throws() {
        for (String name : new String[] {"plaintext", "CONTROLLER", "", "a.b"}) {
            assertThatThrownBy(() -> new BrokerListener(name, SecurityProtocol.SSL, Map.of()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("cannot be the name");
        }
    }

    @Test
    void toString_ofListener_hidesItsSettings() {
        assertThat(new BrokerListener("L", SecurityProtocol.SSL, Map.of("ssl.key.password", "canary")))
                .hasToString("BrokerListener[L, SSL, localhost]");
    }

    private static KafkaProducer<String, String> producer(String password) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrapServers("clients"));
        configs.put("security.protocol", "SASL_PLAINTEXT");
        configs.put("sasl.mechanism", "PLAIN");
        configs.put("sasl.jaas.config", PLAIN + "username=\"alice\" password=\"" + password + "\";");
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }
}
