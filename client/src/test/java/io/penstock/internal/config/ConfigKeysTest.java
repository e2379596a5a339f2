package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the table against kafka-clients' own: names, types, defaults, and which values are taken and how they are read. */
class ConfigKeysTest {
    private static final Map<String, ConfigDef.ConfigKey> APACHE =
            ProducerConfig.configDef().configKeys();

    /** Given to every key; a class name that exists, since Kafka loads it. */
    private static final List<Object> CANDIDATES = List.of(
            true,
            false,
            "true",
            "FALSE",
            " true ",
            "yes",
            "",
            " ",
            "x",
            "all",
            "ALL",
            "0",
            "1",
            "-1",
            "5",
            "-2",
            " 7 ",
            "1e3",
            "1.5",
            "4999",
            "5000",
            "99999999999",
            "2147483648",
            0,
            1,
            -1,
            -2,
            5,
            9,
            10,
            17,
            18,
            22,
            23,
            4999,
            5000,
            -131_072,
            -131_073,
            300,
            901,
            3601,
            86_401,
            Integer.MAX_VALUE,
            1L,
            -1L,
            Long.MAX_VALUE,
            (short) 1,
            (short) 4000,
            1.0,
            0.3,
            0.5,
            1.1,
            "none",
            "gzip",
            "snappy",
            "lz4",
            "zstd",
            "ZSTD",
            "a,b",
            " a , b ",
            "a,,b",
            ",",
            "use_all_dns_ips",
            "resolve_canonical_bootstrap_servers_only",
            "PLAINTEXT",
            "plaintext",
            "SASL_SSL",
            "INFO",
            "info",
            "DEBUG",
            "TRACE",
            "rebootstrap",
            "Rebootstrap",
            "NONE",
            "full",
            "Incremental",
            "ES256",
            "rs256",
            "java.lang.String",
            String.class,
            List.of(),
            List.of("a", "b"),
            List.of(String.class),
            List.of("a", ""),
            new Object[0]);

    /** Where we say no and Kafka says yes: a blank among the classes to load is found by Kafka only when it loads them. */
    private static final Set<String> BLANK_ITEMS = Set.of("a,,b", ",", "[a, ]");

    static Set<String> names() {
        return APACHE.keySet();
    }

    @Test
    void names_areKafkas() {
        Set<String> kafkas = new TreeSet<>(ConfigKeys.names());
        assertThat(kafkas.removeAll(ConfigKeys.OWN)).isTrue();
        assertThat(kafkas).containsExactlyInAnyOrderElementsOf(APACHE.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void typeAndDefault_areKafkas(String name) {
        ConfigKey ours = Objects.requireNonNull(ConfigKeys.find(name));
        ConfigDef.ConfigKey apache = APACHE.get(name);
        assertThat(ours.type().name()).isEqualTo(apache.type.name());
        assertThat(ours.isRequired()).isEqualTo(!apache.hasDefault());
        if (apache.hasDefault()) {
            assertThat(comparable(ours.defaultValue())).isEqualTo(comparable(apache.defaultValue));
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void values_areTakenAndReadAsByKafka(String name) {
        ConfigKey known = Objects.requireNonNull(ConfigKeys.find(name));
        ConfigKey unlimited = new ConfigKey(name, known.type(), known.defaultValue(), known.rule(), null);
        List<String> differences = new ArrayList<>();
        for (Object candidate : CANDIDATES) {
            String theirs = theirs(APACHE.get(name), candidate);
            String ours = ours(unlimited, candidate);
            boolean blankItem = known.type() == ConfigType.LIST && BLANK_ITEMS.contains(String.valueOf(candidate));
            boolean namesClass = known.type() == ConfigType.CLASS && candidate instanceof String;
            if (!ours.equals(theirs) && !blankItem && !namesClass) {
                differences.add(candidate + " (" + candidate.getClass() + "): ours " + ours + ", theirs " + theirs);
            }
        }
        assertThat(differences).isEmpty();
    }

    private static String theirs(ConfigDef.ConfigKey key, Object candidate) {
        try {
            Object value = ConfigDef.parseType(key.name, candidate, key.type);
            if (key.validator != null) {
                key.validator.ensureValid(key.name, value);
            }
            return comparable(value);
        } catch (org.apache.kafka.common.config.ConfigException e) {
            return "refused";
        }
    }

    private static String ours(ConfigKey key, Object candidate) {
        try {
            return comparable(key.parse(candidate));
        } catch (ConfigException e) {
            assertThat(e).hasMessageContaining(key.name());
            return "refused";
        }
    }

    /** Values of both sides in one form; a class by its name, a secret by its content. */
    private static String comparable(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ConfigKeysTest::comparable).toList().toString();
        }
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Password password) {
            return password.value();
        }
        return value instanceof Secret secret ? secret.reveal() : String.valueOf(value);
    }

    @Test
    void idleStrategy_isOneOfThree_inAnyCase() {
        assertRefused("loop.idle.strategy", "sleep", "PARK, YIELD, SPIN");
        assertThat(Objects.requireNonNull(ConfigKeys.find("loop.idle.strategy")).parse("Spin"))
                .isEqualTo("Spin");
    }

    @Test
    void senderThreads_areOneAtLeast_andNotHundreds() {
        assertRefused("sender.threads", 0, "1");
        assertRefused("sender.threads", 65, "64");
        assertThat(Objects.requireNonNull(ConfigKeys.find("sender.threads")).parse("64"))
                .isEqualTo(64);
    }

    @Test
    void parse_whenAKeyComesLater_saysSoWithItsNameAndReason() {
        assertRefused("sasl.oauthbearer.jwks.endpoint.url", "x", "broker");
    }

    private static void assertRefused(String name, Object value, String reason) {
        assertThatThrownBy(() -> Objects.requireNonNull(ConfigKeys.find(name)).parse(value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(reason);
    }

    @Test
    void parse_whenAKeyComesLaterAndTheValueSaysNothing_takesIt() {
        Map<String, Object> harmless = Map.of(
                "security.protocol", "plaintext",
                "config.providers", "",
                "sasl.mechanism", "GSSAPI");
        harmless.forEach((name, value) -> assertThat(
                        Objects.requireNonNull(ConfigKeys.find(name)).parse(value))
                .isNotNull());
        for (String name : Arrays.asList("transactional.id", "ssl.keystore.location", "sasl.jaas.config")) {
            assertThat(Objects.requireNonNull(ConfigKeys.find(name)).parse(null))
                    .isNull();
        }
    }

    @Test
    void parse_whenNullCouldBeMisread_refuses() {
        for (String name : List.of("batch.size", "acks", "enable.idempotence", "bootstrap.servers", "linger.ms")) {
            assertThatThrownBy(
                            () -> Objects.requireNonNull(ConfigKeys.find(name)).parse(null))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining(name);
        }
    }

    @Test
    void parse_neverShowsASecret() {
        // prevents a password from reaching a log by way of the exception that refuses it
        for (String name : ConfigKeys.names()) {
            ConfigKey key = Objects.requireNonNull(ConfigKeys.find(name));
            if (key.type() == ConfigType.PASSWORD) {
                assertThatThrownBy(() -> key.parse(List.of("hunter2")))
                        .satisfies(e -> assertThat(e.toString()).contains(name).doesNotContain("hunter2"));
                if (key.limits() == null) {
                    assertThat(key.parse("hunter2")).isInstanceOf(Secret.class).hasToString("[hidden]");
                } else {
                    assertThatThrownBy(() -> key.parse("hunter2"))
                            .satisfies(
                                    e -> assertThat(e.toString()).contains(name).doesNotContain("hunter2"));
                }
            }
        }
        assertThat(new Secret("hunter2").toString()).doesNotContain("hunter2");
    }
}
