package io.penstock.internal.exchange;

import io.penstock.errors.UnsupportedVersionException;
import io.penstock.internal.cluster.BrokerNode;
import io.penstock.internal.cluster.ClusterTracker;
import io.penstock.internal.loop.LoopDuty;
import io.penstock.internal.loop.Timer;
import io.penstock.internal.loop.Timers;
import io.penstock.internal.network.Connection;
import io.penstock.internal.network.Connections;
import io.penstock.internal.network.OutboundRequest;
import io.penstock.internal.network.RequestFrame;
import io.penstock.internal.network.ResponseHandler;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.MetadataRequest;
import io.penstock.wire.message.MetadataRequest.MetadataRequestTopic;
import io.penstock.wire.message.MetadataResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks for metadata when the tracker wants some, of whichever broker has the least to do.
 *
 * <p>Loop only. Costs one comparison in a turn in which nothing is due.
 */
public final class MetadataExchange implements LoopDuty {

    /** Before 1, a request for no topic is one for all of them. */
    private static final short LOWEST_VERSION = 1;

    /** From here on the broker answers before it throttles, and trusts the client to keep away (KIP-219). */
    private static final short CLIENT_THROTTLES_VERSION = 6;

    private final Connections connections;
    private final ClusterTracker tracker;
    private final Timers timers;
    private final ExchangeSettings settings;
    private final Answering answering;

    /** The call whose answer counts; null when none is under way. */
    private @Nullable Call underWay;

    /** When there is something to ask. */
    private final Timer asking = new TurnTimer();

    /** When the cluster has been asked in vain for long enough, be it that the question is still under way. */
    private final Timer inVain = new TurnTimer();

    /** Hears whose answer is about to be taken. */
    public interface Answering {
        void onMetadataFrom(Connection connection);
    }

    public MetadataExchange(
            Connections connections,
            ClusterTracker tracker,
            Timers timers,
            ExchangeSettings settings,
            Answering answering) {
        this.answering = answering;
        this.connections = connections;
        this.tracker = tracker;
        this.timers = timers;
        this.settings = settings;
    }

    @Override
    public boolean run(long nowNanos) {
        if (tracker.rebootstrapDue(nowNanos)) {
            rebootstrap(nowNanos);
        }
        wakeAt(inVain, tracker.rebootstrapDueNanos());
        long due = tracker.nextDueNanos(nowNanos);
        if (due == Long.MAX_VALUE) {
            return false;
        }
        if (due - nowNanos > 0) {
            wakeAt(asking, due);
            return false;
        }
        Connection connection = connections.leastLoaded(nowNanos);
        if (connection == null) {
            if (allBrokersFail(nowNanos)) {
                tracker.onNoBrokerLeft();
                return tracker.rebootstrapDue(nowNanos);
            }
            return false; // a connection that becomes ready, or the end of a backoff, is a turn
        }
        List<String> topics = tracker.nextRequest(nowNanos);
        if (topics != null) {
            ask(connection, topics, nowNanos);
        }
        return false;
    }

    private void wakeAt(Timer timer, long atNanos) {
        if (atNanos != Long.MAX_VALUE && (!timer.isScheduled() || timer.deadlineNanos() != atNanos)) {
            timers.schedule(timer, atNanos);
        }
    }

    /** What a node that has been given up may still answer is waited for no longer: it would hold up the bootstrap servers. */
    private void rebootstrap(long nowNanos) {
        underWay = null;
        connections.rebootstrap();
        tracker.onRebootstrap(nowNanos);
    }

    /** Whether every broker of the cluster as we know it has failed to connect lately (KIP-899). */
    private boolean allBrokersFail(long nowNanos) {
        Collection<BrokerNode> brokers = tracker.view().brokers();
        for (BrokerNode broker : brokers) {
            if (!connections.isBackingOff(broker.id(), nowNanos)) {
                return false;
            }
        }
        return !brokers.isEmpty();
    }

    private void ask(Connection connection, List<String> topics, long nowNanos) {
        short version = connection.versions().highest(ApiKey.METADATA);
        if (version < LOWEST_VERSION) {
            tracker.onFailure(
                    new UnsupportedVersionException("Broker " + connection.nodeId() + " at " + connection.endpoint()
                            + " speaks no version of Metadata that Penstock does; use a broker of Kafka 2.1 or later"),
                    nowNanos);
            return;
        }
        List<MetadataRequestTopic> wanted = new ArrayList<>(topics.size());
        for (String topic : topics) {
            wanted.add(new MetadataRequestTopic().name(topic));
        }
        MetadataRequest request = new MetadataRequest().topics(wanted).allowAutoTopicCreation(true);
        int correlationId = connections.nextCorrelationId();
        Call call = new Call(connection, topics, version);
        underWay = call;
        connection.send(
                new OutboundRequest(
                        ApiKey.METADATA,
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, settings.clientId(), correlationId),
                        settings.requestTimeoutNanos(),
                        true,
                        call),
                nowNanos);
    }

    /** Only brings about a turn; what to do then is decided in {@link #run}. */
    private static final class TurnTimer extends Timer {
        @Override
        protected void onTimer(long nowNanos) {}
    }

    private final class Call implements ResponseHandler {

        private final Connection connection;
        private final List<String> topics;
        private final short version;

        Call(Connection connection, List<String> topics, short version) {
            this.connection = connection;
            this.topics = topics;
            this.version = version;
        }

        @Override
        public void onResponse(WireReader body, long nowNanos) {
            if (underWay != this) {
                return;
            }
            MetadataResponse response = new MetadataResponse();
            response.read(body, version);
            if (response.throttleTimeMs() > 0 && version >= CLIENT_THROTTLES_VERSION) {
                connection.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(response.throttleTimeMs()));
            }
            answering.onMetadataFrom(connection);
            tracker.onResponse(response, topics, nowNanos);
            underWay = null;
        }

        @Override
        public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
            if (underWay == this) {
                underWay = null;
                tracker.onFailure(cause, nowNanos);
            }
        }
    }
}
