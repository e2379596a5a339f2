package io.penstock.testkit.sim;

import io.penstock.testkit.fake.SeenRequest;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.TxnOffsetCommitRequest;
import java.util.List;

/**
 * Positions of a group that may have come into a transaction after their own.
 *
 * <p>By the first protocol all transactions of a producer have one epoch, and positions have no sequence: a request that nobody waited for
 * any longer is taken in the transaction that is open when it arrives, also behind a newer position (KIP-890). No producer can prevent it.
 */
final class LatePositions {

    private static final int WITH_EPOCH_OF_ITS_OWN = 2;

    private final List<SimTransaction> transactions;
    private final List<SeenRequest> requests;
    private final boolean possible;

    LatePositions(Parts parts) {
        this.transactions = parts.book().transactions();
        this.requests = parts.cluster().requests(ApiKey.TXN_OFFSET_COMMIT);
        this.possible = parts.plan().transactions().version() < WITH_EPOCH_OF_ITS_OWN;
    }

    /** Of those that were asked for more than once, or whose transaction was not committed. */
    boolean mayBe(String id, long position) {
        if (!possible || position == SimTransaction.NO_POSITION) {
            return false;
        }
        for (SimTransaction transaction : transactions) {
            if (transaction.position == position && transaction.session.id().equals(id)) {
                return transaction.end != SimTransaction.End.COMMITTED || requestCount(position) > 1;
            }
        }
        return false;
    }

    private long requestCount(long position) {
        return requests.stream()
                .filter(seen -> seen.message() instanceof TxnOffsetCommitRequest request && carries(request, position))
                .count();
    }

    /** Each transaction has a position of its own. */
    private static boolean carries(TxnOffsetCommitRequest request, long position) {
        return request.topics().stream()
                .flatMap(topic -> topic.partitions().stream())
                .anyMatch(partition -> partition.committedOffset() == position);
    }
}
