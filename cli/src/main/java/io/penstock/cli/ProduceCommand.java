package io.penstock.cli;

import io.penstock.cli.ProduceOptions.RecordShape;
import io.penstock.producer.Header;
import io.penstock.producer.RecordHeader;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code penstock produce}. Filled by picocli, used once, by the main thread. */
@Command(
        name = "produce",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        usageHelpAutoWidth = true,
        header = "Sends the lines of files or of standard input, one record each.",
        description = {
            "",
            "A line ends at a line feed; all other bytes are sent as they are. An empty line is a record with an "
                    + "empty value, and the last line needs no line feed.",
            ""
        },
        footer = {
            "",
            "Settings from -F stand below those from -X, and those below -b and -z.",
            "Exit status: 0 when every record was acknowledged (and verified), 1 when not, 2 when the command line "
                    + "makes no sense, 130 when interrupted.",
            "",
            "Example: git log | penstock produce --embedded --verify -t history"
        })
final class ProduceCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-b", "--bootstrap-server"},
            paramLabel = "HOST:PORT,...",
            description = "Brokers to begin with.")
    private @Nullable String bootstrap;

    @Option(
            names = {"-t", "--topic"},
            required = true,
            paramLabel = "TOPIC",
            description = "Where to send to.")
    private String topic = "";

    @Parameters(paramLabel = "FILE", description = "Files to read; - or none: standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-K", "--key-separator"},
            paramLabel = "SEP",
            description = "What stands before the first SEP of a line is the key; \\t and \\xHH are understood. "
                    + "A line without SEP has no key.")
    private @Nullable String separator;

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME=VALUE",
            description = "A header for every record; may be repeated. Without = its value is null.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = {"-p", "--partition"},
            paramLabel = "PARTITION",
            description = "Send to this partition; without it, by key or evenly.")
    private @Nullable Integer partition;

    @Option(
            names = {"-z", "--compression"},
            paramLabel = "CODEC",
            description = "none, gzip, snappy, lz4 or zstd.")
    private @Nullable String codec;

    @Option(
            names = {"-X", "--property"},
            paramLabel = "KEY=VALUE",
            description = "Any setting of the producer, as in linger.ms=50; may be repeated.")
    private List<String> properties = new ArrayList<>();

    @Option(
            names = {"-F", "--properties-file"},
            paramLabel = "FILE",
            description = "A file of settings, one KEY=VALUE a line.")
    private @Nullable Path propertiesFile;

    @Option(
            names = "--embedded",
            description = "Start an Apache Kafka broker for this run, on this machine only, and create the topic.")
    private boolean embedded;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the embedded broker keeps its data; without it a temporary directory.")
    private @Nullable Path dataDir;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "How many partitions the embedded broker's topic gets (1).")
    private @Nullable Integer partitions;

    @Option(names = "--verify", description = "Read everything back and compare counts and checksums.")
    private boolean verify;

    private final InputStream in;
    private final Terminal terminal;
    private final ProduceJob.Environment environment;

    ProduceCommand(InputStream in, Terminal terminal, ProduceJob.Environment environment) {
        this.in = in;
        this.terminal = terminal;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        ProduceOptions options = options();
        return new ProduceJob(options, in, terminal, environment).run();
    }

    private ProduceOptions options() {
        requireSense();
        Map<String, Object> settings = new ProducerSettings(propertiesFile, properties, bootstrap, codec).toMap();
        if (embedded && settings.remove("bootstrap.servers") != null) {
            throw misuse("--embedded starts a broker of its own: leave out the other one, " + settingsOrigin());
        }
        if (!embedded && !settings.containsKey("bootstrap.servers")) {
            throw misuse("no broker: give one with -b HOST:PORT, or start one with --embedded");
        }
        Object protocol = settings.getOrDefault("security.protocol", "PLAINTEXT");
        if (verify && !"PLAINTEXT".equals(protocol)) {
            throw misuse("--verify reads back without encryption or login only, not with security.protocol=" + protocol
                    + ": leave out one of the two");
        }
        return new ProduceOptions(topic, Input.of(files), shape(), settings, embedded, dataDir, partitions, verify);
    }

    private String settingsOrigin() {
        return bootstrap == null ? "bootstrap.servers in -X or -F" : "-b " + bootstrap;
    }

    private void requireSense() {
        if (topic.isBlank()) {
            throw misuse("the topic's name is empty: give one with -t TOPIC");
        }
        if (partition != null && partition < 0) {
            throw misuse("-p " + partition + ": partitions count from 0; leave -p out to have it chosen");
        }
        if (partitions != null && partitions < 1) {
            throw misuse("--partitions " + partitions + ": a topic has at least one");
        }
        if (!embedded && dataDir != null) {
            throw misuse("--data is the directory of the embedded broker: add --embedded, or leave it out");
        }
        if (!embedded && partitions != null) {
            throw misuse("--partitions is for the topic of the embedded broker: add --embedded, or leave it out");
        }
        if (embedded && partition != null && partition >= (partitions == null ? 1 : partitions) && dataDir == null) {
            throw misuse("-p " + partition + ": the topic will have partitions 0 to "
                    + ((partitions == null ? 1 : partitions) - 1) + "; ask for more with --partitions");
        }
    }

    private RecordShape shape() {
        byte[] separatorBytes = null;
        if (separator != null) {
            try {
                separatorBytes = Separators.parse(separator);
            } catch (IllegalArgumentException e) {
                throw misuse(e.getMessage());
            }
        }
        List<Header> parsed = new ArrayList<>();
        for (String header : headers) {
            int equals = header.indexOf('=');
            String name = equals < 0 ? header : header.substring(0, equals);
            if (name.isEmpty()) {
                throw misuse("-H " + header + ": a header needs a name, as in -H source=web");
            }
            byte[] value = equals < 0 ? null : header.substring(equals + 1).getBytes(StandardCharsets.UTF_8);
            parsed.add(new RecordHeader(name, value));
        }
        return new RecordShape(separatorBytes, List.copyOf(parsed), partition);
    }

    private ParameterException misuse(@Nullable String message) {
        return new ParameterException(spec.commandLine(), String.valueOf(message));
    }
}
