package io.penstock.testkit.fire;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.process.ProcessCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Three real brokers are killed, stopped, restarted and cut off while producers keep sending; then every record is accounted for.
 *
 * <p>Not part of {@code mvn verify}; see docs/FAULTS.md. {@code -Dfire.minutes=N}, {@code -Dfire.seed=N}.
 */
class RealClusterFire {
    private static final long HEALING_SECONDS = 330;

    @Test
    void everyAcknowledgedRecord_isInTheLogOnceAndInOrder() throws Exception {
        long seed = Long.getLong("fire.seed", System.nanoTime() & 0xFFFFFF);
        long faultSeconds = Math.round(60 * Double.parseDouble(System.getProperty("fire.minutes", "10")));
        System.out.println("fire: seed " + seed + ", " + faultSeconds + " s of faults");
        Map<Integer, FlakyProxy> proxies = new TreeMap<>();
        try (ProcessCluster cluster = new ProcessCluster()) {
            for (int id = 1; id <= ProcessCluster.BROKER_COUNT; id++) {
                proxies.put(id, new FlakyProxy(cluster.clientPort(id)));
            }
            Map<Integer, Integer> advertised = new TreeMap<>();
            proxies.forEach((id, proxy) -> advertised.put(id, proxy.port()));
            cluster.start(advertised);
            FireReport report = burn(cluster, proxies, seed, faultSeconds);
            publish(report);
            check(report, faultSeconds);
        } finally {
            proxies.values().forEach(FlakyProxy::close);
        }
    }

    private static FireReport burn(
            ProcessCluster cluster, Map<Integer, FlakyProxy> proxies, long seed, long faultSeconds) throws Exception {
        String bootstrap = proxies.values().stream()
                .map(proxy -> "127.0.0.1:" + proxy.port())
                .collect(Collectors.joining(","));
        List<BrokerUnderFire> brokers = new ArrayList<>();
        proxies.forEach((id, proxy) -> brokers.add(new BrokerUnderFire(cluster, id, proxy)));
        List<String> topics = new ArrayList<>(
                Arrays.stream(WorkloadKind.values()).map(WorkloadKind::topic).toList());
        topics.add(TransactionalWorkload.TOPIC);
        topics.add(TransactionalWorkload.INPUT.topic());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.directBootstrap()))) {
            admin.createTopics(topics.stream()
                            .map(topic -> new NewTopic(topic, 6, (short) 3))
                            .toList())
                    .all()
                    .get(60, TimeUnit.SECONDS);
            List<Workload> workloads = new ArrayList<>();
            for (WorkloadKind kind : WorkloadKind.values()) {
                workloads.add(new Workload(kind, kind.subject(bootstrap), seed + kind.ordinal()));
            }
            workloads.forEach(Workload::start);
            TransactionalWorkload transactions = new TransactionalWorkload(bootstrap, seed);
            transactions.start();
            Nemesis nemesis = new Nemesis(brokers, new LeaderMover(admin, topics), seed);
            nemesis.rage(TimeUnit.SECONDS.toNanos(faultSeconds));
            nemesis.healAll();
            cluster.awaitAll(Duration.ofSeconds(HEALING_SECONDS));
            workloads.forEach(Workload::stop);
            transactions.stop();
            transactions.finish(HEALING_SECONDS);
            FireReport report = new FireReport(seed, faultSeconds, nemesis.done());
            for (Workload workload : workloads) {
                report.add(outcome(workload, cluster.directBootstrap()));
            }
            report.transactions(transactions, TransactionVerdict.of(cluster.directBootstrap(), transactions));
            return report;
        }
    }

    private static FireReport.Outcome outcome(Workload workload, String bootstrap) throws InterruptedException {
        long retries = workload.finish(HEALING_SECONDS);
        Ledger ledger = workload.ledger();
        return new FireReport.Outcome(
                workload.kind(),
                ledger.hearing(),
                LogVerdict.of(bootstrap, workload.kind().topic(), ledger),
                ledger.count(Ledger.State.ACKNOWLEDGED),
                ledger.count(Ledger.State.NOT_WRITTEN),
                ledger.count(Ledger.State.UNKNOWN),
                ledger.pending(),
                retries);
    }

    private static void publish(FireReport report) throws Exception {
        System.out.println(report.text());
        Path folder = Files.createDirectories(Path.of("target", "fire"));
        Files.writeString(folder.resolve("report.txt"), report.text());
        Files.writeString(folder.resolve("details.txt"), report.details());
    }

    /** Kafka's own producer is there for comparison; only ours has to hold. */
    private static void check(FireReport report, long faultSeconds) {
        SoftAssertions all = new SoftAssertions();
        for (FireReport.Outcome each : report.outcomes()) {
            if (each.kind().isOurs()) {
                String name = each.kind().topic() + " ";
                LogVerdict log = each.log();
                all.assertThat(log.lost()).as(name + "lost").isZero();
                all.assertThat(log.doubled()).as(name + "doubled").isZero();
                all.assertThat(log.outOfOrder()).as(name + "out of order").isZero();
                all.assertThat(log.notWrittenButThere())
                        .as(name + "not written but there")
                        .isZero();
                all.assertThat(log.otherOffset()).as(name + "other offset").isZero();
                all.assertThat(each.hearing().outOfOrder())
                        .as(name + "callbacks out of order")
                        .isZero();
                all.assertThat(each.hearing().heardTwice())
                        .as(name + "heard twice")
                        .isZero();
                all.assertThat(each.pending()).as(name + "never completed").isZero();
                all.assertThat(each.acknowledged()).as(name + "acknowledged").isGreaterThan(faultSeconds * 2);
                if (!each.kind().mayFail()) {
                    all.assertThat(each.notWritten() + each.unknown())
                            .as(name + "failed")
                            .isZero();
                }
            }
        }
        check(report.transactions(), all);
        all.assertAll();
        assertThat(report.outcomes()).hasSize(WorkloadKind.values().length);
    }

    private static void check(TransactionPart transactions, SoftAssertions all) {
        TransactionVerdict verdict = transactions.verdict();
        all.assertThat(verdict.partial()).as("transactions seen in part").isZero();
        all.assertThat(verdict.lost()).as("transactions committed and not seen").isZero();
        all.assertThat(verdict.ghosts()).as("transactions aborted and seen").isZero();
        all.assertThat(verdict.doubled())
                .as("records of transactions seen twice")
                .isZero();
        all.assertThat(verdict.visible()).as("transactions seen").isPositive();
        all.assertThat(verdict.groupPosition())
                .as("position of the input after the last transaction seen")
                .isEqualTo(verdict.lastVisible() + 1L);
    }
}
