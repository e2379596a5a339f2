package io.penstock.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the family against Kafka's: same names, same ancestors. */
class ErrorFamilyTest {
    private static final List<String> APACHE_PACKAGES = List.of(
            "org.apache.kafka.common.errors.",
            "org.apache.kafka.common.",
            "org.apache.kafka.common.config.",
            "org.apache.kafka.clients.producer.");

    /** Ours alone. */
    private static final Set<Class<?>> OWN = Set.of(RecordOutcome.class, UnexpectedRetriableException.class);

    static Stream<Class<?>> family() throws Exception {
        File folder = new File(
                        KafkaException.class.getResource("KafkaException.class").toURI())
                .getParentFile();
        return Stream.of(Objects.requireNonNull(folder.list()))
                .filter(name -> name.endsWith(".class") && !name.startsWith("package-info") && !name.contains("Test"))
                .sorted()
                .<Class<?>>map(name -> load("io.penstock.errors." + name.replace(".class", "")))
                .filter(type -> !OWN.contains(type));
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private static Class<?> apache(Class<?> ours) {
        return APACHE_PACKAGES.stream()
                .<Class<?>>map(prefix -> load(prefix + ours.getSimpleName()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow(() -> new AssertionError("Kafka has no " + ours.getSimpleName()));
    }

    private static List<String> ancestors(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> c = type; c != RuntimeException.class; c = c.getSuperclass()) {
            names.add((Modifier.isAbstract(c.getModifiers()) ? "abstract " : "") + c.getSimpleName());
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("family")
    void ancestors_areKafkas(Class<?> ours) {
        assertThat(ancestors(ours)).isEqualTo(ancestors(apache(ours)));
    }

    @ParameterizedTest
    @MethodSource("family")
    void everyOne_answersItsQuestions(Class<?> ours) throws Exception {
        if (Modifier.isAbstract(ours.getModifiers())) {
            return;
        }
        Constructor<?> constructor = ours.getConstructor(String.class);
        KafkaException e = (KafkaException) constructor.newInstance("what happened");
        Thread.interrupted(); // InterruptException sets it
        assertThat(e.getMessage()).contains("what happened");
        assertThat(e.outcome()).isEqualTo(RecordOutcome.NOT_WRITTEN);
        assertThat(e.isRetriable()).isEqualTo(e instanceof RetriableException);
        assertThat(e.isRetriable() && e.isFatal()).isFalse();
        assertThat(e.isFatal() && e.abortsTransaction()).isFalse();
        assertThat(e.withOutcome(RecordOutcome.UNKNOWN)).isSameAs(e);
        assertThat(e.outcome()).isEqualTo(RecordOutcome.UNKNOWN);
    }

    @Test
    void everyCodeOfTheProtocol_hasItsException_orIsNotOfProducers() {
        assertThat(Stream.of(Errors.values())
                        .filter(error -> error != Errors.NONE)
                        .filter(error -> load("io.penstock.errors."
                                        + error.exception().getClass().getSimpleName())
                                == null)
                        .map(Errors::name))
                .containsExactlyInAnyOrderElementsOf(NotOfProducers.CODES);
    }

    @Test
    void unexpectedRetriableException_isWorthAnotherTry() {
        KafkaException e = new UnexpectedRetriableException("what happened", 41);

        assertThat(e).isInstanceOf(RetriableException.class).hasMessage("what happened");
        assertThat(e.isRetriable()).isTrue();
        assertThat(e.isFatal()).isFalse();
        assertThat(e.abortsTransaction()).isFalse();
    }

    @Test
    void interruptException_restoresTheFlag() {
        new InterruptException("while waiting for metadata");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void topics_areTold() {
        assertThat(new TopicAuthorizationException(Set.of("a")).unauthorizedTopics())
                .containsExactly("a");
        assertThat(new InvalidTopicException(Set.of("b")).invalidTopics()).containsExactly("b");
        assertThat(GroupAuthorizationException.forGroupId("g").groupId()).isEqualTo("g");
    }
}
