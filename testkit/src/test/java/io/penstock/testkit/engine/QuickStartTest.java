package io.penstock.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.fake.FakeCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a JVM has to make before the first record is acknowledged: docs/decisions/lambdas-of-a-start.md. */
@Timeout(60)
class QuickStartTest {

    /** The logger's, the JDK's and joined strings', by how the classes were compiled; it was 46 with lambdas wherever they are handy. */
    private static final int MOST_FORMS = 12;

    /** Prevents a start that is slower by milliseconds for each kind of lambda that the JDK keeps no form of. */
    @Test
    void firstRecord_takesFewLambdasWhoseFormTheJvmMustMake(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        try (FakeCluster cluster = FakeCluster.builder().topic("t", 3).start()) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:+UseSerialGC",
                            "-Djava.lang.invoke.MethodHandle.TRACE_RESOLVE=true",
                            "-cp",
                            System.getProperty("java.class.path"),
                            FirstRecord.class.getName(),
                            cluster.bootstrapServers())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(child.waitFor(50, TimeUnit.SECONDS)).isTrue();
            } finally {
                child.destroyForcibly();
            }
        }

        List<String> lines = Files.readAllLines(output);
        assertThat(lines).contains("acknowledged").anyMatch(line -> line.startsWith("[LF_RESOLVE]"));
        assertThat(lines)
                .filteredOn(line -> line.contains("DirectMethodHandle$Holder") && line.endsWith("(fail)"))
                .hasSizeLessThanOrEqualTo(MOST_FORMS);
    }

    /** The child. */
    static final class FirstRecord {

        public static void main(String[] args) throws Exception {
            Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "metric.reporters", "");
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
                producer.send(new ProducerRecord<>("t", new byte[100])).get();
                System.out.println("acknowledged");
                Runtime.getRuntime().halt(0); // closing is not part of it
            }
        }
    }
}
