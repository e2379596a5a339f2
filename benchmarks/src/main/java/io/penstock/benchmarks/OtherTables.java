package io.penstock.benchmarks;

import io.penstock.testkit.DiscardingBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Comparisons beside the main one, each against a broker that acknowledges at once. */
final class OtherTables {

    static final String KNOWN = "Partitions known, one of them used";

    private static final List<Integer> RATES = List.of(10_000, 50_000, 200_000);
    private static final List<String> PLAIN_ROWS = List.of("100 B, 1 partition", "1 KiB, defaults");
    private static final String MANY_PARTITIONS = "100 B, round robin over 1,000";
    private static final String TLS_ROW = "1 KiB, defaults";

    private static final String METRICS_OFF = "-Dio.penstock.internal.metrics.off=true";

    private final Report report;
    private final Effort effort;

    private final Optional<Librdkafka> librdkafka;

    OtherTables(Report report, Effort effort, Optional<Librdkafka> librdkafka) {
        this.report = report;
        this.effort = effort;
        this.librdkafka = librdkafka;
    }

    void latency() {
        report.title(
                "Latency at a steady rate, 100 B, linger 0, from the intended time of each send",
                PacedRow.LATENCY_HEAD);
        for (int rate : RATES) {
            String what = String.format(Locale.ROOT, "%,d/s, discarding", rate);
            report.row(what, () -> {
                try (Child broker = Child.start(1, DiscardingBroker.class)) {
                    return PacedRow.measure(what, rate, broker, librdkafka, effort)
                            .latencyLines(report);
                }
            });
        }
    }

    /** Both sides trust what the broker shows, and check its name. */
    void tls() {
        report.title("TLS 1.3, the JDK's engine on both sides", ThroughputRow.HEAD);
        Workload plain = Workloads.named(TLS_ROW);
        Workload row = plain.named(TLS_ROW + ", TLS 1.3", Marks.TLS);
        report.row(row.name(), () -> {
            Path trusted = Files.createTempFile("penstock-bench", ".pem");
            try (Child broker = Child.start(1, DiscardingBroker.class, "--tls", trusted.toString())) {
                List<Contender> sides = ThroughputRow.bothSides(
                        plain,
                        broker.greeting(),
                        "security.protocol=SSL",
                        "ssl.enabled.protocols=TLSv1.3",
                        "ssl.truststore.type=PEM",
                        "ssl.truststore.location=" + trusted);
                return ThroughputRow.measure(row, broker, sides, effort).lines(report);
            } finally {
                Files.deleteIfExists(trusted);
            }
        });
    }

    void adapter() {
        report.title("Penstock behind Apache's interface", AdapterRow.HEAD);
        for (String name : PLAIN_ROWS) {
            report.row(name, () -> {
                try (Child broker = Child.start(1, DiscardingBroker.class)) {
                    return AdapterRow.measure(Workloads.named(name), broker, broker.greeting(), effort, report);
                }
            });
        }
    }

    void metrics() {
        report.title("Penstock's metrics on and off", SelfRow.HEAD);
        for (String name : List.of(PLAIN_ROWS.get(0), MANY_PARTITIONS)) {
            report.row(name, () -> {
                try (Child broker = Child.start(1, DiscardingBroker.class)) {
                    String bootstrap = broker.greeting();
                    Contender off = Contender.withOptions(
                            "metrics off",
                            List.of(METRICS_OFF),
                            Side.PENSTOCK,
                            name,
                            bootstrap,
                            "metric.reporters=",
                            "enable.metrics.push=false");
                    Contender on = Contender.of("metrics on", Side.PENSTOCK, name, bootstrap);
                    return new SelfRow(name, Marks.UNMEASURABLE).measure(List.of(off, on), broker, effort, report);
                }
            });
        }
    }

    /**
     * One loop and two, on as many cores as there are: with a core for each loop, records/s is what more of them are for; with none to
     * spare only the CPU of a record is of interest.
     */
    void loops() {
        report.title("One loop and two, not pinned to cores", SelfRow.HEAD);
        for (Workload workload : Workloads.LOOPS) {
            String name = workload.name();
            report.row(name, () -> {
                try (Child broker = Child.start(Child.ANY_CORE, DiscardingBroker.class)) {
                    List<Contender> contenders = new ArrayList<>();
                    for (int loops = 1; loops <= 2; loops++) {
                        String setting = "sender.threads=" + loops;
                        contenders.add(Contender.onAnyCore(setting, Side.PENSTOCK, name, broker.greeting(), setting));
                    }
                    return new SelfRow(name, Marks.LOOP_MORE).measure(contenders, broker, effort, report);
                }
            });
        }
    }

    /** What partitions cost that are known and not used: nothing, it is meant to be. */
    void known() {
        report.title(KNOWN, SelfRow.HEAD);
        report.row("partitions known", () -> {
            try (Child broker = Child.start(1, DiscardingBroker.class)) {
                List<Contender> contenders = new ArrayList<>();
                for (Workload workload : Workloads.KNOWN) {
                    contenders.add(oneOf(workload, "", broker));
                }
                contenders.add(oneOf(Workloads.KNOWN.get(0), ", again", broker)); // what processes differ by
                return new SelfRow("100 B, one partition used", Marks.KNOWN)
                        .measure(contenders, broker, effort.careful(), report);
            }
        });
    }

    private static Contender oneOf(Workload known, String which, Child broker) throws IOException {
        String label = String.format(Locale.ROOT, "%,d known%s", known.shape().topicPartitions(), which);
        return Contender.of(label, Side.PENSTOCK, known.name(), broker.greeting());
    }
}
