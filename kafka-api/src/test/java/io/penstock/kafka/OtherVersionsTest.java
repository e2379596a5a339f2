package io.penstock.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The classes as they are compiled here, with each minor version of {@code kafka-clients} that they promise to work with. */
class OtherVersionsTest {

    private static final int TIMEOUT_SECONDS = 240;

    /** Where the build puts them. */
    private static final Path JARS = Path.of("target", "kafka-clients");

    @ParameterizedTest
    @ValueSource(strings = {"3.9.1", "4.0.0", "4.1.0", "4.2.0", "4.3.0"})
    void producer_worksWithIt(String version) throws Exception {
        Path jar = JARS.resolve("kafka-clients-" + version + ".jar");
        assertThat(jar)
                .as("the build copies it (maven-dependency-plugin in pom.xml)")
                .exists();
        Path output = Files.createTempFile("other-version", ".log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(jar),
                OtherVersion.class.getName(),
                version));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(output)).contains("fine\n");
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    /** This one's, with the other jar in place of Kafka's. */
    private static String classPath(Path jar) {
        return Stream.concat(
                        Stream.of(jar.toAbsolutePath().toString()),
                        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                                .filter(entry ->
                                        !entry.contains("kafka-") || entry.contains("penstock") || isOurs(entry)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isOurs(String entry) {
        return Files.isDirectory(Path.of(entry));
    }
}
