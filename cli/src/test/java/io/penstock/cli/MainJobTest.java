package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.EmbeddedKafka;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with the real producer and a real broker, as the README shows it. */
class MainJobTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void produce_embeddedWithVerify_sendsAnyBytesAndReadsThemBack(@TempDir Path dir) {
        byte[] noise = new byte[300_000];
        new Random(7).nextBytes(noise);

        assertThat(run(
                        noise,
                        "--embedded",
                        "--verify",
                        "-t",
                        "noise",
                        "--partitions",
                        "3",
                        "-z",
                        "zstd",
                        "-K",
                        "\\x20",
                        "-H",
                        "source=noise",
                        "--data",
                        dir.resolve("data").toString()))
                .as(errors())
                .isZero();
        assertThat(errors()).contains("0 failed").contains("noise: verified").doesNotContain("penstock:");

        // A topic that has records already: only what this run has sent is compared.
        err.reset();
        assertThat(run(
                        "again\n".getBytes(StandardCharsets.UTF_8),
                        "--embedded",
                        "--verify",
                        "-t",
                        "noise",
                        "--data",
                        dir.resolve("data").toString()))
                .as(errors())
                .isZero();
        assertThat(errors()).contains("noise: verified, 1 records read back");

        err.reset();
        assertThat(run(
                        new byte[0],
                        "--embedded",
                        "-t",
                        "noise",
                        "--partitions",
                        "5",
                        "--data",
                        dir.resolve("data").toString()))
                .isEqualTo(1);
        assertThat(errors()).contains("has 3 partitions, not 5");
    }

    @Test
    void compare_whenSomeoneElseWritesMore_failsAndSaysSo() {
        RecordSum sent = new RecordSum();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("shared", 1, Map.of());
            try (Verification verification = Verification.begin(kafka.bootstrapServers(), "shared");
                    Producer<byte[], byte[]> other = producer(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                other.send(new ProducerRecord<>("shared", new byte[] {1}));
                other.flush();

                assertThatThrownBy(() -> verification.compare(sent))
                        .isInstanceOf(CliException.class)
                        .hasMessageContaining("0 records were acknowledged, 1 were read back")
                        .hasMessageContaining("anyone else");
            }
        }
    }

    private int run(byte[] input, String... options) {
        String[] args = new String[options.length + 1];
        args[0] = "produce";
        System.arraycopy(options, 0, args, 1, options.length);
        Terminal terminal = new Terminal(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        return Penstock.run(args, new ByteArrayInputStream(input), System.out, terminal, new ProduceJob.Environment() {
            @Override
            public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
                return MainJobTest.producer(settings);
            }

            @Override
            public void onInterrupt(Runnable action) {
                // Nobody interrupts here.
            }
        });
    }

    private static Producer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
