package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.ConfigException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.TimeoutException;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProduceCommandTest {
    private static final long PATIENCE_SECONDS = 60;

    private final MemoryProducer producer = new MemoryProducer();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CompletableFuture<Runnable> onInterrupt = new CompletableFuture<>();
    private RuntimeException refusal;

    @Test
    void produce_linesOfStandardInput_sendsEachAndSumsUp() {
        int status = run("one\ntwo\n\nfour", "produce", "-b", "localhost:1", "-t", "history");

        assertThat(status).as(errors()).isZero();
        assertThat(values()).containsExactly("one", "two", "", "four");
        assertThat(errors()).containsPattern("history: 4 records, 10 bytes, \\d+\\.\\d\\d s, \\d+ records/s, 0 failed");
        assertThat(producer.closed).isTrue();
        assertThat(producer.settings).containsEntry("bootstrap.servers", "localhost:1");
    }

    @Test
    void produce_filesAndDash_readsThemInOrder(@TempDir Path dir) throws IOException {
        Path a = Files.writeString(dir.resolve("a"), "a1\na2");
        Path b = Files.writeString(dir.resolve("b"), "b1\n");

        int status = run("stdin\n", "produce", "-b", "x:1", "-t", "t", a.toString(), "-", b.toString());

        assertThat(status).isZero();
        assertThat(values()).containsExactly("a1", "a2", "stdin", "b1");
    }

    @Test
    void produce_withKeyHeadersPartitionCodecAndSettings_passesAllOn(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("p"), "linger.ms=1\nbatch.size=9\nbootstrap.servers=file:1\n");

        int status = run(
                "k:v\n",
                "produce",
                "-t",
                "t",
                "-K",
                ":",
                "-H",
                "h=1=2",
                "-H",
                "n",
                "-p",
                "2",
                "-z",
                "lz4",
                "-X",
                "linger.ms=7",
                "-X",
                "acks=all",
                "-F",
                file.toString());

        assertThat(status).as(errors()).isZero();
        ProducerRecord<byte[], byte[]> record = producer.sent.get(0);
        assertThat(record.key()).asString(StandardCharsets.UTF_8).isEqualTo("k");
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.headers().lastHeader("h").value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("1=2");
        assertThat(record.headers().lastHeader("n").value()).isNull();
        assertThat(producer.settings)
                .containsEntry("linger.ms", "7")
                .containsEntry("batch.size", "9")
                .containsEntry("compression.type", "lz4")
                .containsEntry("bootstrap.servers", "file:1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "produce -b x:1|--topic",
                "produce -t t|-b HOST:PORT",
                "produce -t t -b x:1 --embedded|leave out the other one, -b x:1",
                "produce -t t -b x:1 --data d|add --embedded",
                "produce -t t -b x:1 --partitions 2|add --embedded",
                "produce -t t --embedded --partitions 0|at least one",
                "produce -t t --embedded --partitions 2 -p 2|partitions 0 to 1",
                "produce -t t -b x:1 -p -1|count from 0",
                "produce -t t -b x:1 -p one|one",
                "produce -t t -b x:1 -K \\q|backslash",
                "produce -t t -b x:1 -H =v|needs a name",
                "produce -t t -b x:1 --nonsense|--nonsense",
                "produce -t t -b x:1 --verify -X security.protocol=SSL|security.protocol=SSL",
                "consume|consume",
                "''|give a command"
            })
    void produce_withSenselessCommandLine_saysWhatAndEndsWith2(String line, String expected) {
        int status = run("", line.isEmpty() ? new String[0] : line.split(" "));

        assertThat(status).isEqualTo(2);
        assertThat(errors()).contains(expected).contains("--help").startsWith("penstock: ");
        assertThat(errors().lines()).hasSize(1);
        assertThat(producer.sent).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "produce -t t -b x:1 /no/such/file|no file /no/such/file",
                "produce -t t -b x:1 /|/ is a directory",
                "produce -t t -b x:1 -F /no/settings|no file /no/settings",
                "produce -t t -b x:1 -F /|it is a directory",
                "produce -t t -b x:1 -X linger|-X KEY=VALUE",
                "produce -t t -b x:1 -z rar|-z rar: no such codec",
                "produce -t t -b x:1 -X key.serializer=x|key.serializer cannot be set",
                "produce -t t --verify -b nonsense|HOST:PORT"
            })
    void produce_withBadInput_saysSoInOneLineAndEndsWith1(String line, String expected) {
        int status = run("x\n", line.split(" "));

        assertThat(status).isEqualTo(1);
        assertThat(errors()).contains(expected).startsWith("penstock: ").doesNotContain("\tat ");
        assertThat(errors().lines()).hasSize(1);
        assertThat(producer.sent).isEmpty();
    }

    @Test
    void produce_whenTheProducerRefusesASetting_showsItsMessage() {
        refusal = new ConfigException("acks", "5", "must be 0, 1 or all");

        assertThat(run("x\n", "produce", "-t", "t", "-b", "x:1", "-X", "acks=5"))
                .isEqualTo(1);
        assertThat(errors()).contains("acks").contains("5");
        assertThat(errors().lines()).hasSize(1);
    }

    @Test
    void produce_whenOneRecordIsTooLarge_sendsTheOthersAndEndsWith1() {
        producer.failure = record -> record.value().length > 3 ? new RecordTooLargeException("6 bytes") : null;

        int status = run("a\nlarge!\nb\n", "produce", "-t", "t", "-b", "x:1");

        assertThat(status).isEqualTo(1);
        assertThat(values()).containsExactly("a", "large!", "b");
        assertThat(errors()).contains("2 records, 2 bytes").contains("1 failed");
        assertThat(errors()).contains("1 record failed: RecordTooLargeException: 6 bytes");
    }

    @Test
    void produce_whenTheClusterIsGone_stopsReadingAndEndsWith1() {
        producer.failure = record -> new TimeoutException("no answer within 60000 ms");

        int status = run("a\nb\nc\n", "produce", "-t", "t", "-b", "x:1");

        assertThat(status).isEqualTo(1);
        assertThat(values()).containsExactly("a");
        assertThat(errors())
                .contains("TimeoutException: no answer within 60000 ms")
                .contains("stopped after line 1");
    }

    @Test
    void produce_whenInterrupted_answersForEveryLineReadAndEndsWith130() throws Exception {
        PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard);
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> run(in, "produce", "-t", "t", "-b", "x:1"));
        keyboard.write("one\ntwo\n".getBytes(StandardCharsets.UTF_8));
        keyboard.flush();
        Runnable interrupt = onInterrupt.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (producer.unanswered.size() < 2 && System.nanoTime() - deadline < 0) {
            Thread.onSpinWait();
        }

        interrupt.run();

        assertThat(errors()).contains("t: 2 records").contains("interrupted after 2 lines");
        keyboard.write("three\n".getBytes(StandardCharsets.UTF_8));
        keyboard.close();
        assertThat(status.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(values()).containsExactly("one", "two");
    }

    @Test
    void help_andVersion_goToStandardOutput() {
        assertThat(run("", "--version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .startsWith("penstock 0.")
                .contains("Java");
        assertThat(run("", "produce", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("-K").contains("--verify");
        assertThat(errors()).isEmpty();
    }

    @Test
    void bar_onTerminal_showsPartAndRate() throws Exception {
        Terminal terminal = new Terminal(new PrintStream(err, true, StandardCharsets.UTF_8), true);
        CountDownLatch shown = new CountDownLatch(2);
        LongSupplier read = () -> {
            shown.countDown();
            return 500;
        };
        try (ProgressBar bar = ProgressBar.start(terminal, new Tally(), read, 1000)) {
            assertThat(bar.text(500, 1_000_000_000))
                    .contains(" 50%")
                    .contains("0 records/s")
                    .startsWith("[#####");
            assertThat(shown.await(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(errors()).startsWith("\r\u001b[K[#####").contains(" 50%").endsWith("\r\u001b[K");
        err.reset();
        terminal.status("bar");
        terminal.line("line");
        assertThat(errors()).isEqualTo("\r\u001b[Kbar\r\u001b[Kline\n");
    }

    private int run(String input, String... args) {
        return run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), args);
    }

    private int run(InputStream in, String... args) {
        Terminal terminal = new Terminal(new PrintStream(err, true, StandardCharsets.UTF_8), false);
        return Penstock.run(args, in, new PrintStream(out, true, StandardCharsets.UTF_8), terminal, environment());
    }

    private ProduceJob.Environment environment() {
        return new ProduceJob.Environment() {
            @Override
            public Producer<byte[], byte[]> producer(Map<String, Object> settings) {
                if (refusal != null) {
                    throw refusal;
                }
                producer.settings = settings;
                return producer;
            }

            @Override
            public void onInterrupt(Runnable action) {
                onInterrupt.complete(action);
            }
        };
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        producer.sent.forEach(record -> values.add(new String(record.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private String errors() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
