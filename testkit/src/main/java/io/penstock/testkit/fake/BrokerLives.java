package io.penstock.testkit.fake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brokers come and go: their doors, the sessions behind them, and what their coming and going does to partitions.
 *
 * <p>Any thread; the cluster's lock guards it. What runs before the brokers listen has no lambdas: the first ones of a JVM cost
 * milliseconds each, which is most of what a start would take.
 */
final class BrokerLives {

    private final ClusterModel model;
    /** Made for the first connection. */
    private @Nullable ApiHandlers handlers;

    private long connectionCount;

    BrokerLives(ClusterModel model) {
        this.model = model;
    }

    /** Makes the first topics, and has all brokers listen. */
    void startAll(Map<String, TopicOptions> topics) {
        model.lock().lock();
        try {
            for (Map.Entry<String, TopicOptions> topic : topics.entrySet()) {
                model.createTopic(topic.getKey(), topic.getValue());
            }
            for (FakeBroker broker : model.brokers()) {
                open(broker);
            }
            model.onMetadataChange();
        } finally {
            model.lock().unlock();
        }
    }

    void start(int brokerId) {
        model.run(() -> {
            FakeBroker broker = model.broker(brokerId);
            boolean wasAway = !broker.isUp() || !broker.isListed();
            open(broker);
            broker.up(true);
            broker.listed(true);
            if (wasAway) {
                for (FakeTopic topic : model.topics()) {
                    topic.partitions().forEach(partition -> partition.onUp(brokerId));
                }
            }
            model.onMetadataChange();
        });
    }

    void stop(int brokerId) {
        model.run(() -> {
            model.broker(brokerId).up(false);
            electWithout(brokerId);
        });
        shut(brokerId);
    }

    void crash(int brokerId) {
        model.run(() -> model.broker(brokerId).up(false));
        shut(brokerId);
    }

    void notice(int brokerId) {
        model.run(() -> electWithout(brokerId));
    }

    void dropConnections(int brokerId) {
        shut(brokerId);
        model.run(() -> open(model.broker(brokerId)));
    }

    private void electWithout(int brokerId) {
        model.broker(brokerId).listed(false);
        for (FakeTopic topic : model.topics()) {
            topic.partitions().forEach(partition -> partition.onDown(brokerId));
        }
        model.onMetadataChange();
    }

    // Without the lock: the host's thread, which shuts the door, may be waiting for it.
    private void shut(int brokerId) {
        int port = model.locked(() -> model.broker(brokerId).port());
        model.host().unlisten(port);
    }

    /** On the port that it had, or one that is free. */
    private void open(FakeBroker broker) {
        broker.port(model.host().listen(broker.port(), new FakeHost.Acceptor() {
            @Override
            public FakeHost.Peer accept(FakeHost.Link link) {
                return session(broker, link);
            }
        }));
    }

    private FakeHost.Peer session(FakeBroker broker, FakeHost.Link link) {
        model.lock().lock();
        try {
            if (handlers == null) {
                handlers = new ApiHandlers(model.options());
            }
            return new BrokerSession(model, handlers, broker, ++connectionCount, link);
        } finally {
            model.lock().unlock();
        }
    }
}
