package io.penstock.kafka.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.RecordOutcome;
import io.penstock.errors.UnexpectedRetriableException;
import io.penstock.errors.UnknownServerException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorTranslatorTest {

    private static List<Class<?>> classesBeside(Class<?> one) throws Exception {
        URI location = one.getProtectionDomain().getCodeSource().getLocation().toURI();
        String folder = one.getPackageName().replace('.', '/');
        Path root = Path.of(location);
        if (Files.isDirectory(root)) {
            return classes(root.resolve(folder), one);
        }
        try (FileSystem jar = FileSystems.newFileSystem(root)) {
            return classes(jar.getPath(folder), one);
        }
    }

    private static List<Class<?>> classes(Path folder, Class<?> one) throws Exception {
        List<Class<?>> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".class") && !name.equals("package-info.class") && !name.contains("$")) {
                    Class<?> type = Class.forName(one.getPackageName() + "." + name.replace(".class", ""));
                    if (RuntimeException.class.isAssignableFrom(type)
                            && !java.lang.reflect.Modifier.isAbstract(type.getModifiers())) {
                        found.add(type);
                    }
                }
            }
        }
        return found;
    }

    private static RuntimeException make(Class<?> type) throws Exception {
        try {
            return (RuntimeException) type.getConstructor(String.class).newInstance("what happened");
        } catch (NoSuchMethodException e) {
            return (RuntimeException) type.getConstructor().newInstance();
        } finally {
            Thread.interrupted(); // making an InterruptException sets it
        }
    }

    @Test
    void toApache_ofEveryClassOfOurs_isTheOneOfTheSameName() throws Exception {
        List<Class<?>> ours = classesBeside(io.penstock.errors.KafkaException.class);
        assertThat(ours).hasSizeGreaterThan(70).contains(UnexpectedRetriableException.class);
        for (Class<?> type : ours) {
            if (type == UnexpectedRetriableException.class) {
                continue; // goes by its number, below
            }
            io.penstock.errors.KafkaException from = (io.penstock.errors.KafkaException) make(type);
            from.withOutcome(RecordOutcome.UNKNOWN);
            RuntimeException to = ErrorTranslator.toApache(from);
            assertThat(to.getClass().getName()).startsWith("org.apache.kafka.");
            assertThat(to.getClass().getSimpleName()).isEqualTo(type.getSimpleName());
            assertThat(to.getMessage()).as(type.getSimpleName()).isEqualTo(from.getMessage());
            assertThat(to).isInstanceOf(KafkaException.class);
            assertThat(ErrorTranslator.toApache(from)).isSameAs(to);
            if (!(from instanceof io.penstock.errors.InterruptException)) {
                assertThat(to.getCause()).as(type.getSimpleName()).isSameAs(from);
            }
        }
        Thread.interrupted();
    }

    @ParameterizedTest
    @EnumSource(value = Errors.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void toApache_ofACodeWithoutAClassOfOurs_isTheOneOfItsNumber(Errors error) {
        io.penstock.errors.ApiException from = error.exception() instanceof RetriableException
                ? new UnexpectedRetriableException("what happened", error.code())
                : new UnknownServerException("what happened", error.code());

        assertThat(ErrorTranslator.toApache(from))
                .isExactlyInstanceOf(error.exception().getClass())
                .hasMessage("what happened")
                .hasCause(from);
    }

    @Test
    void toApache_ofANumberThatNobodyKnows_isAnUnknownServerException() {
        assertThat(ErrorTranslator.toApache(new UnknownServerException("what happened", 31_000)))
                .isExactlyInstanceOf(org.apache.kafka.common.errors.UnknownServerException.class);
    }

    @Test
    void toPenstock_ofEveryClassOfTheirs_isTheOneOfTheSameName_orItsNearest() throws Exception {
        int same = 0;
        for (Class<?> type : classesBeside(org.apache.kafka.common.errors.ApiException.class)) {
            RuntimeException from;
            try {
                from = make(type);
            } catch (NoSuchMethodException e) {
                continue; // of consumers, with positions: no producer's plug-in throws one
            }
            if (!(from instanceof KafkaException theirs)) {
                continue;
            }
            io.penstock.errors.KafkaException to = ErrorTranslator.toPenstock(theirs);
            assertThat(to.getMessage()).as(type.getSimpleName()).isEqualTo(from.getMessage());
            if (to.getClass().getSimpleName().equals(type.getSimpleName())) {
                same++;
            } else {
                assertThat(ancestorsOf(type))
                        .as("%s becomes %s", type, to.getClass())
                        .contains(to.getClass().getSimpleName());
            }
            if (from instanceof org.apache.kafka.common.errors.ApiException) {
                assertThat(ErrorTranslator.toApache(to)).isSameAs(from);
            }
        }
        Thread.interrupted();
        assertThat(same).isGreaterThan(70);
    }

    private static List<String> ancestorsOf(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> each = type.getSuperclass(); each != RuntimeException.class; each = each.getSuperclass()) {
            names.add(each.getSimpleName());
        }
        return names;
    }

    @Test
    void details_goAlong_andAnOriginalComesBackItself() {
        var topics = (org.apache.kafka.common.errors.TopicAuthorizationException)
                ErrorTranslator.toApache(new io.penstock.errors.TopicAuthorizationException(Set.of("a", "b")));
        assertThat(topics.unauthorizedTopics()).containsExactlyInAnyOrder("a", "b");
        var invalid = (org.apache.kafka.common.errors.InvalidTopicException)
                ErrorTranslator.toApache(new io.penstock.errors.InvalidTopicException(Set.of("c")));
        assertThat(invalid.invalidTopics()).containsExactly("c");
        var group = (org.apache.kafka.common.errors.GroupAuthorizationException)
                ErrorTranslator.toApache(io.penstock.errors.GroupAuthorizationException.forGroupId("g"));
        assertThat(group.groupId()).isEqualTo("g");
        var own = new org.apache.kafka.common.errors.TopicAuthorizationException("a registry's");
        assertThat(ErrorTranslator.toApache(ErrorTranslator.toPenstock(own))).isSameAs(own);
        assertThat(ErrorTranslator.toApache((Throwable) new IllegalStateException("x")))
                .isExactlyInstanceOf(IllegalStateException.class);
    }
}
