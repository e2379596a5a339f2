package io.penstock.testkit.fake;

import io.penstock.testkit.TestAuthority;
import io.penstock.testkit.TestIdentity;
import io.penstock.testkit.tls.TlsServerContext;
import io.penstock.wire.message.ApiKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What a fake cluster is to be: one broker, no topics, none made when asked for, unless said otherwise. */
public final class FakeClusterBuilder {

    private static final int MAX_BROKER_COUNT = 1_000;

    private final Map<String, TopicOptions> topics = new LinkedHashMap<>();
    private final Map<ApiKey, Short> caps = new HashMap<>();
    private final List<@Nullable String> racks = new ArrayList<>();
    private int brokerCount = 1;
    private String clusterId = "fake-cluster";
    private BrokerRelease release = BrokerRelease.CURRENT;
    private short transactionVersion = 2;
    private boolean reportsOldDuplicates;
    private TwoPhaseCommit twoPhaseCommit = TwoPhaseCommit.OFF;
    private @Nullable TopicOptions autoCreate;
    private @Nullable SaslOptions sasl;
    private @Nullable SSLContext tls;
    private boolean asksForCertificate;
    private boolean telemetry;

    FakeClusterBuilder() {}

    /** Brokers 1 to {@code count}. */
    public FakeClusterBuilder brokers(int count) {
        if (count < 1 || count > MAX_BROKER_COUNT) {
            throw new IllegalArgumentException("count is " + count + ", must be 1 to " + MAX_BROKER_COUNT);
        }
        brokerCount = count;
        return this;
    }

    /** The racks of brokers 1, 2 and so on; those without are in none. */
    public FakeClusterBuilder racks(String... names) {
        racks.clear();
        racks.addAll(List.of(names));
        return this;
    }

    /** A topic of so many partitions, otherwise as Kafka makes them. */
    public FakeClusterBuilder topic(String name, int partitionCount) {
        return topic(name, TopicOptions.partitions(partitionCount));
    }

    public FakeClusterBuilder topic(String name, TopicOptions options) {
        topics.put(name, options);
        return this;
    }

    /** Topics that clients ask for are made like this. */
    public FakeClusterBuilder autoCreateTopics(TopicOptions options) {
        autoCreate = options;
        return this;
    }

    public FakeClusterBuilder clusterId(String id) {
        clusterId = id;
        return this;
    }

    /** Which release all brokers play. */
    public FakeClusterBuilder release(BrokerRelease brokerRelease) {
        release = brokerRelease;
        return this;
    }

    /** The newest version that is served of one request; -1 for not at all. */
    public FakeClusterBuilder highestVersion(ApiKey key, int version) {
        caps.put(key, (short) version);
        return this;
    }

    /** All brokers speak TLS and show this certificate, which should be for {@code 127.0.0.1}: {@code security.protocol=SSL}. */
    public FakeClusterBuilder tls(TestIdentity brokers) {
        return tls(TlsServerContext.of(brokers.key(), brokers.chain(), List.of()), false);
    }

    /** The same, and clients have to show a certificate of that authority. */
    public FakeClusterBuilder tls(TestIdentity brokers, TestAuthority ofClients) {
        return tls(TlsServerContext.of(brokers.key(), brokers.chain(), List.of(ofClients.certificate())), true);
    }

    private FakeClusterBuilder tls(SSLContext context, boolean asksClients) {
        tls = context;
        asksForCertificate = asksClients;
        return this;
    }

    /** Clients have to authenticate: {@code security.protocol=SASL_PLAINTEXT}, or {@code SASL_SSL} with {@link #tls}. */
    public FakeClusterBuilder sasl(SaslOptions how) {
        sasl = how;
        return this;
    }

    /**
     * Brokers collect their clients' metrics (KIP-714), as those do that have a plug-in for it; others do not know the requests. They want
     * none until {@code cluster.telemetry().subscribe(..)}.
     */
    public FakeClusterBuilder telemetry() {
        telemetry = true;
        return this;
    }

    /** How far brokers go along with two-phase commit; not at all unless said otherwise. */
    public FakeClusterBuilder twoPhaseCommit(TwoPhaseCommit served) {
        twoPhaseCommit = served;
        return this;
    }

    /** Where the feature {@code transaction.version} stands in the beginning, 0 to 2. */
    public FakeClusterBuilder transactionVersion(int level) {
        transactionVersion = (short) level;
        return this;
    }

    /**
     * Whether a batch older than a producer's last five is answered with DUPLICATE_SEQUENCE_NUMBER, as the first brokers with
     * idempotence did. All others say OUT_OF_ORDER_SEQUENCE_NUMBER.
     */
    public FakeClusterBuilder reportsOldDuplicates(boolean isDuplicate) {
        reportsOldDuplicates = isDuplicate;
        return this;
    }

    /** A cluster on loopback sockets, its brokers listening. */
    public FakeCluster start() {
        return start(new SocketHost());
    }

    /** A cluster on a host of one's own, which is closed with it. */
    public FakeCluster start(FakeHost given) {
        FakeHost host = tls == null ? given : new TlsHost(given, tls, asksForCertificate);
        ClusterOptions options = new ClusterOptions(
                clusterId,
                autoCreate,
                Map.copyOf(caps),
                transactionVersion,
                reportsOldDuplicates,
                twoPhaseCommit,
                sasl,
                telemetry);
        List<FakeBroker> brokers = new ArrayList<>();
        for (int i = 0; i < brokerCount; i++) {
            brokers.add(new FakeBroker(i + 1, i < racks.size() ? racks.get(i) : null, release));
        }
        ClusterModel model = new ClusterModel(options, host, brokers);
        BrokerLives lives = new BrokerLives(model);
        FakeCluster cluster = new FakeCluster(model, lives);
        lives.startAll(topics);
        return cluster;
    }
}
