package io.penstock.internal.cluster;

import io.penstock.internal.config.MetadataSettings;
import io.penstock.internal.loop.Backoff;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.MetadataResponse;
import io.penstock.wire.message.MetadataResponse.MetadataResponseBroker;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link ClusterView}: decides what to ask the cluster and when, and merges what it answers.
 *
 * <p>The loop owns it; {@link #view} and {@link #touch} are for any thread. At most one request is under way. An answer speaks
 * of the topics it was asked for and leaves the others as they are; it costs its own size, and nothing here ever walks over
 * all partitions. As many topics are tracked as were used within {@code metadata.max.idle.ms}.
 */
public final class ClusterTracker implements ClusterKnowledge {

    /** More topics than this are asked for in several requests, one after the other, to bound the size of an answer. */
    static final int MAX_TOPICS_PER_REQUEST = 10_000;

    /** Between two questions for what was not there, also when {@code retry.backoff.ms} is 0, or they would follow on each other. */
    static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(ClusterTracker.class);

    private final MetadataSettings settings;
    private final ClusterListener listener;
    private final Map<String, TrackedTopic> tracked = new ConcurrentHashMap<>(); // loop writes, touch() reads
    private final TopicQueue queue;
    private final RequestPacing pacing;
    private final RefreshSchedule refresh;
    private boolean rebootstrapRequired;

    private volatile ClusterView view = ClusterView.EMPTY;
    private volatile @Nullable Long refreshedAtNanos;

    public ClusterTracker(MetadataSettings settings, Random random, ClusterListener listener) {
        this.settings = settings;
        this.listener = listener;
        long pauseNanos = Math.max(settings.retryBackoffNanos(), MIN_PAUSE_NANOS);
        Backoff backoff = new Backoff(pauseNanos, Math.max(settings.retryBackoffMaxNanos(), MIN_PAUSE_NANOS));
        this.queue = new TopicQueue(backoff, random);
        this.pacing = new RequestPacing(backoff, random);
        this.refresh = new RefreshSchedule(settings.maxAgeNanos(), pauseNanos);
    }

    /** What is known now. Any thread. */
    @Override
    public ClusterView view() {
        return view;
    }

    /** When everything was last told by the cluster; null before the first time. Any thread. */
    public @Nullable Long refreshedAtNanos() {
        return refreshedAtNanos;
    }

    /** The topic is in use. Any thread; whoever holds records of a topic says so now and then, or it is dropped as idle. */
    @Override
    public void touch(String topic, long now) {
        TrackedTopic known = tracked.get(topic);
        if (known != null) {
            known.touch(now);
        }
    }

    /** Somebody waits for this topic, or for more of it than the view shows: track it, and ask for it soon. */
    public void want(String topic, long now) {
        TrackedTopic known = tracked.get(topic);
        if (known == null) {
            known = new TrackedTopic(topic, now);
            tracked.put(topic, known);
        }
        known.touch(now);
        queue.askForNews(known, now);
        pacing.onDue(now);
    }

    /** Asks for the brokers and all tracked topics soon. */
    @Override
    public void refresh(String reason, long now) {
        LOG.debug("Asking for all metadata: {}", reason);
        refresh.want();
        pacing.onDue(now);
    }

    @Override
    public void refreshTopic(String topic, long now) {
        want(topic, now);
    }

    /**
     * What to ask now: names of topics, possibly none (for the brokers only); null when nothing is due. The request is under way
     * from then on, until {@link #onResponse} or {@link #onFailure}.
     */
    public @Nullable List<String> nextRequest(long now) {
        if (!pacing.mayLeave(now)) {
            return null;
        }
        boolean all = refresh.due(now);
        if (all) {
            dropIdle(now);
            for (TrackedTopic topic : tracked.values()) {
                queue.askNext(topic);
            }
        }
        queue.promoteDue(now);
        if (!all && !queue.hasQueued()) {
            return null;
        }
        pacing.onDue(now);
        pacing.onLeft();
        refresh.onAsked(all);
        List<TrackedTopic> topics = queue.take(MAX_TOPICS_PER_REQUEST);
        List<String> names = new ArrayList<>(topics.size());
        for (TrackedTopic topic : topics) {
            names.add(topic.name);
        }
        return names;
    }

    /**
     * When {@link #nextRequest} will have something to ask: {@code now} or earlier when it has already,
     * {@link Long#MAX_VALUE} while a request is under way.
     */
    public long nextDueNanos(long now) {
        if (pacing.underWay()) {
            return Long.MAX_VALUE;
        }
        long due = queue.hasQueued() ? now : refresh.dueNanos(now);
        if (queue.hasWaiting() && queue.firstDueNanos() - due < 0) {
            due = queue.firstDueNanos();
        }
        return pacing.notBefore(due);
    }

    /** The request under way was answered. */
    public void onResponse(MetadataResponse response, List<String> asked, long now) {
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        rebootstrapRequired |= error == ErrorCode.REBOOTSTRAP_REQUIRED;
        if (error != ErrorCode.NONE) {
            fail("the broker answered " + error, now);
            return;
        }
        Collection<BrokerNode> brokers = brokersOf(response);
        if (brokers.isEmpty()) {
            fail("the answer names no usable broker", now);
            return;
        }
        pacing.onAnswered();
        if (refresh.onAnswered(now)) {
            refreshedAtNanos = now;
        }
        ViewChanges changes = new ViewChanges(view);
        changes.cluster(response.clusterId(), response.controllerId());
        changes.brokers(brokers);
        TopicAnswers answers = new TopicAnswers(view, changes, queue);
        if (isOtherCluster(response.clusterId())) {
            answers.forgetKnown();
            refresh.want();
        }
        Map<String, ErrorCode> refusals = answers.take(response.topics(), now);
        view = changes.build();
        // Refusals first: whoever waited for such a topic is gone before onUpdate, and does not want it again.
        for (Map.Entry<String, ErrorCode> refusal : refusals.entrySet()) {
            listener.onTopicError(refusal.getKey(), refusal.getValue(), now);
        }
        listener.onUpdate(view, changes.changedTopics(), now);
    }

    /** The request under way was not answered, or not usefully: what it asked is asked again after a pause. */
    public void onFailure(Throwable cause, long now) {
        fail(String.valueOf(cause.getMessage()), now);
    }

    private void fail(String why, long now) {
        if (!pacing.underWay()) {
            return;
        }
        LOG.debug("No metadata: {}", why);
        queue.putBack();
        refresh.onFailed();
        pacing.onFailed(now);
    }

    /**
     * A broker named the partition's new leader in its answer to a write (KIP-951). Believed when its epoch is newer than what
     * is known and the leader's endpoint is known or given.
     */
    @Override
    public void onLeaderHint(
            String topic, int partition, int leaderId, int leaderEpoch, @Nullable BrokerNode endpoint, long now) {
        TopicView known = view.topic(topic);
        if (known == null || leaderId < 0 || partition < 0 || partition >= known.partitionCount()) {
            return;
        }
        PartitionView before = known.partition(partition);
        boolean endpointUsable = endpoint != null ? isUsable(endpoint) : view.broker(leaderId) != null;
        if (leaderEpoch <= before.leaderEpoch() || !endpointUsable) {
            return;
        }
        ViewChanges changes = new ViewChanges(view);
        if (endpoint != null && !endpoint.equals(view.broker(endpoint.id()))) {
            Map<Integer, BrokerNode> brokers = new HashMap<>(view.brokersById());
            brokers.put(endpoint.id(), endpoint);
            changes.brokers(brokers.values());
        }
        TopicView hinted = known.with(before.ledBy(leaderId, leaderEpoch));
        changes.topic(hinted);
        TrackedTopic topicState = tracked.get(topic);
        if (topicState != null) {
            topicState.lastKnown = hinted;
        }
        publish(changes, now);
    }

    /** No broker that is known can be reached any more; finding the cluster anew is due if it is allowed. */
    @Override
    public void onNoBrokerLeft() {
        rebootstrapRequired = true;
    }

    /** Whether the cluster is to be found anew from the bootstrap servers (KIP-899, KIP-1102). */
    public boolean rebootstrapDue(long now) {
        return settings.rebootstrap()
                && (rebootstrapRequired || pacing.triedFor(settings.rebootstrapTriggerNanos(), now));
    }

    /** When it will be, if no answer comes before; {@link Long#MAX_VALUE} while nothing is asked, or it is not allowed. */
    public long rebootstrapDueNanos() {
        return settings.rebootstrap() ? pacing.triedForAtNanos(settings.rebootstrapTriggerNanos()) : Long.MAX_VALUE;
    }

    /**
     * The known brokers were given up, and what was asked of them with them; the bootstrap servers are asked from now on. What still
     * answers the request that was under way is not to be heard here.
     */
    public void onRebootstrap(long now) {
        fail("the cluster is looked for anew", now);
        rebootstrapRequired = false;
        pacing.startOver();
        refresh.startOver();
        ViewChanges changes = new ViewChanges(view);
        changes.brokers(List.of());
        publish(changes, now);
    }

    private void publish(ViewChanges changes, long now) {
        view = changes.build();
        listener.onUpdate(view, changes.changedTopics(), now);
    }

    private void dropIdle(long now) {
        ViewChanges changes = new ViewChanges(view);
        for (Iterator<TrackedTopic> topics = tracked.values().iterator(); topics.hasNext(); ) {
            TrackedTopic topic = topics.next();
            if (topic.isIdle(settings.maxIdleNanos(), now)) {
                LOG.debug("Topic {} was not used for long; it is no longer followed", topic.name);
                queue.remove(topic);
                changes.drop(topic.name);
                topics.remove();
            }
        }
        view = changes.build();
    }

    private boolean isOtherCluster(@Nullable String answeredId) {
        String knownId = view.clusterId();
        boolean other = knownId != null && answeredId != null && !knownId.equals(answeredId);
        if (other) {
            LOG.warn("The brokers now belong to cluster {}; before, they belonged to {}", answeredId, knownId);
        }
        return other;
    }

    private static Collection<BrokerNode> brokersOf(MetadataResponse response) {
        List<BrokerNode> brokers = new ArrayList<>(response.brokers().size());
        for (MetadataResponseBroker broker : response.brokers()) {
            BrokerNode node = new BrokerNode(broker.nodeId(), broker.host(), broker.port(), broker.rack());
            if (isUsable(node)) {
                brokers.add(node);
            }
        }
        return brokers;
    }

    /** Whether one can connect to it: brokers are heard of from the network, and may be nonsense. */
    private static boolean isUsable(BrokerNode node) {
        return node.id() >= 0 && !node.host().isEmpty() && node.port() > 0 && node.port() <= 0xFFFF;
    }
}
