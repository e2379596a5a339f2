package io.penstock.internal.cluster;

import io.penstock.internal.loop.Mailbox;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as a loop knows it that does not ask for metadata itself: its own view, as of the last news that the tracker's loop has
 * posted to it, so that the view never names a broker whose address this loop has not been told.
 *
 * <p>What it is told goes to the tracker by mail: one letter for each error or lost connection, so as bounded as those.
 */
public final class FollowedCluster implements ClusterKnowledge {

    private final ClusterTracker tracker;
    private final Mailbox trackerMail;
    private ClusterView view = ClusterView.EMPTY;

    public FollowedCluster(ClusterTracker tracker, Mailbox trackerMail) {
        this.tracker = tracker;
        this.trackerMail = trackerMail;
    }

    /** The tracker has news. */
    public void onUpdate(ClusterView newView) {
        view = newView;
    }

    @Override
    public ClusterView view() {
        return view;
    }

    @Override
    public void touch(String topic, long now) {
        tracker.touch(topic, now);
    }

    @Override
    public void refresh(String reason, long now) {
        trackerMail.post(then -> tracker.refresh(reason, then));
    }

    @Override
    public void refreshTopic(String topic, long now) {
        trackerMail.post(then -> tracker.refreshTopic(topic, then));
    }

    @Override
    public void onLeaderHint(
            String topic, int partition, int leaderId, int leaderEpoch, @Nullable BrokerNode endpoint, long now) {
        trackerMail.post(then -> tracker.onLeaderHint(topic, partition, leaderId, leaderEpoch, endpoint, then));
    }

    @Override
    public void onNoBrokerLeft() {
        trackerMail.post(then -> tracker.onNoBrokerLeft());
    }
}
