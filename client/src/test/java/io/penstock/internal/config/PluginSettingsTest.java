package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.errors.KafkaException;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RoundRobinPartitioner;
import io.penstock.serialization.IntegerSerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PluginSettingsTest {
    /** Remembers what it was told; each test makes its own by class name. */
    public static class Listening implements ProducerInterceptor<Object, Object> {
        static final List<String> HEARD = new ArrayList<>();

        @Override
        public ProducerRecord<Object, Object> onSend(ProducerRecord<Object, Object> record) {
            return record;
        }

        @Override
        public void configure(Map<String, ?> configs) {
            HEARD.add("configured " + configs.get("my.own.key") + " " + configs.get("client.id"));
        }

        @Override
        public void close() {
            HEARD.add("closed");
        }
    }

    public static class Failing extends Listening {
        @Override
        public void configure(Map<String, ?> configs) {
            throw new IllegalStateException("no my.own.key");
        }
    }

    public static class WithoutConstructor extends StringSerializer {
        public WithoutConstructor(int n) {}
    }

    private static PluginSettings plugins(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", "localhost:9092");
        configs.put("client.id", "me");
        configs.put("key.serializer", StringSerializer.class);
        configs.put("value.serializer", StringSerializer.class.getName());
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return ProducerSettings.from(configs, false, false).plugins();
    }

    @Test
    void serializers_areCreatedAndConfigured_unlessGiven() {
        PluginSettings plugins = plugins("key.serializer.encoding", "UTF-16");
        assertThat(plugins.<String>keySerializer(null).serialize("t", "a")).hasSize(4);
        assertThat(plugins.<String>valueSerializer(null).serialize("t", "a")).hasSize(1);
        Serializer<Integer> own = new IntegerSerializer();
        assertThat(plugins.keySerializer(own)).isSameAs(own);
    }

    @Test
    void classNamesOfKafkasOwn_standForOurs() {
        // prevents a move to this library from needing new property files
        PluginSettings plugins = plugins(
                "key.serializer", "org.apache.kafka.common.serialization.IntegerSerializer",
                "value.serializer", org.apache.kafka.common.serialization.StringSerializer.class,
                "partitioner.class", "org.apache.kafka.clients.producer.RoundRobinPartitioner");
        assertThat((Object) plugins.keySerializer(null)).isInstanceOf(IntegerSerializer.class);
        assertThat((Object) plugins.valueSerializer(null)).isInstanceOf(StringSerializer.class);
        assertThat(plugins.createPartitioner()).isInstanceOf(RoundRobinPartitioner.class);
    }

    @Test
    void securityClassesOfKafkasOwn_byNameOrClass_standForWhatIsBuiltIn() throws Exception {
        String security = "org.apache.kafka.common.security.";
        for (boolean byClass : new boolean[] {false, true}) {
            Map<String, Object> configs = new HashMap<>(Map.of(
                    "bootstrap.servers", "b:1",
                    "security.protocol", "SASL_SSL",
                    "sasl.mechanism", "PLAIN",
                    "sasl.client.callback.handler.class", security + "authenticator.SaslClientCallbackHandler",
                    "sasl.login.class", security + "authenticator.DefaultLogin",
                    "sasl.login.callback.handler.class",
                            security + "authenticator.AbstractLogin$DefaultLoginCallbackHandler",
                    "ssl.engine.factory.class", security + "ssl.DefaultSslEngineFactory"));
            if (byClass) {
                for (Map.Entry<String, Object> each : configs.entrySet()) {
                    if (each.getKey().endsWith(".class")) {
                        each.setValue(Class.forName((String) each.getValue()));
                    }
                }
            }
            ProducerSettings settings = ProducerSettings.from(configs, true, true);
            assertThat(settings.sasl().toString()).contains("clientHandler=null, loginHandler=null, login=null");
            assertThat(settings.tls().engineFactory().create()).isNull();
        }
    }

    @Test
    void from_whenAClassIsWrong_saysWhichKeyNamedIt() {
        assertThatThrownBy(() -> plugins("key.serializer", "com.example.Nowhere"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("key.serializer")
                .hasMessageContaining("com.example.Nowhere");
        assertThatThrownBy(() -> plugins("value.serializer", String.class))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("Serializer");
        assertThatThrownBy(() -> plugins("partitioner.class", ""))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("partitioner.class");
        assertThatThrownBy(() -> plugins("interceptor.classes", "java.lang.String"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("interceptor.classes");
        assertThatThrownBy(() ->
                        plugins("key.serializer", WithoutConstructor.class).keySerializer(null))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("constructor without parameters");
    }

    @Test
    void interceptors_hearTheSettingsInOrder_andAreClosedWhenOneFails() {
        Listening.HEARD.clear();
        assertThat(plugins("interceptor.classes", List.of(Listening.class), "my.own.key", "x")
                        .createInterceptors())
                .hasSize(1);
        assertThat(Listening.HEARD).containsExactly("configured x me");

        Listening.HEARD.clear();
        PluginSettings failing = plugins(
                "interceptor.classes", Listening.class.getName() + "," + Failing.class.getName(), "my.own.key", "x");
        assertThatThrownBy(failing::createInterceptors)
                .isInstanceOf(KafkaException.class)
                .hasMessageContaining("Failing")
                .hasMessageContaining("no my.own.key");
        assertThat(Listening.HEARD).containsExactly("configured x me", "closed", "closed");
    }
}
