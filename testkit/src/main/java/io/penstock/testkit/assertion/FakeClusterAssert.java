package io.penstock.testkit.assertion;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.TransactionState;
import io.penstock.testkit.fake.TransactionView;
import io.penstock.wire.message.ApiKey;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What a fake cluster should hold and have seen. For one thread. */
public final class FakeClusterAssert extends AbstractAssert<FakeClusterAssert, FakeCluster> {

    FakeClusterAssert(FakeCluster actual) {
        super(actual, FakeClusterAssert.class);
    }

    /** Goes on with a topic, of which a committed reader's view is looked at first. */
    public TopicAssert topic(String name) {
        isNotNull();
        return new TopicAssert(actual, name);
    }

    /** The group has committed this offset, the next one to read, for the partition. */
    public FakeClusterAssert hasCommitted(String groupId, String topic, int partition, long offset) {
        isNotNull();
        long committed = actual.groups().committed(groupId, topic, partition);
        if (committed != offset) {
            throw failure(
                    "Expected group %s to have committed offset %d of %s-%d, but it is %s",
                    groupId, offset, topic, partition, committed < 0 ? "none" : committed);
        }
        return this;
    }

    /** The transactional id stands there. */
    public FakeClusterAssert hasTransaction(String transactionalId, TransactionState state) {
        isNotNull();
        String found = actual.transactions()
                .find(transactionalId)
                .map(view -> view.state().toString())
                .orElse("unknown");
        if (!found.equals(state.toString())) {
            throw failure("Expected transactional id %s to be %s, but it is %s", transactionalId, state, found);
        }
        return this;
    }

    /** No transaction is open or waits for its markers. */
    public FakeClusterAssert hasNoOpenTransactions() {
        isNotNull();
        List<TransactionView> open = actual.transactions().all().stream()
                .filter(view ->
                        view.state() == TransactionState.ONGOING || view.state().isPrepared())
                .toList();
        if (!open.isEmpty()) {
            throw failure("Expected no open transactions, but there are %s", open);
        }
        return this;
    }

    /** So many requests of a kind have come since the start or the last {@code clearRequests}. */
    public FakeClusterAssert hasReceived(ApiKey key, int count) {
        isNotNull();
        int seen = actual.requestCount(key);
        if (seen != count) {
            throw failure("Expected %d %s requests, but there were %d", count, key.label(), seen);
        }
        return this;
    }
}
