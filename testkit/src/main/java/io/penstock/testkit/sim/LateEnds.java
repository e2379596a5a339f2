package io.penstock.testkit.sim;

import io.penstock.testkit.fake.BrokerRelease;
import io.penstock.testkit.fake.SeenRequest;
import io.penstock.wire.message.AddOffsetsToTxnRequest;
import io.penstock.wire.message.AddPartitionsToTxnRequest;
import io.penstock.wire.message.EndTxnRequest;
import io.penstock.wire.message.Message;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ends of transactions that may have come into a later one.
 *
 * <p>By the first protocol all transactions of a producer have one epoch: an end that nobody waited for any longer, and that was asked for
 * again elsewhere, ends whatever is open when it is carried out. Brokers before 3.6 then append to a transaction that is over (KIP-890).
 * No producer can prevent it.
 */
final class LateEnds {

    private final Set<String> ids = new HashSet<>();

    LateEnds(Parts parts) {
        if (parts.plan().release() == BrokerRelease.CURRENT) {
            return;
        }
        Map<String, SeenRequest> last = new HashMap<>();
        for (SeenRequest request : parts.cluster().requests()) {
            String id = idOf(request.message());
            if (id == null) {
                continue;
            }
            SeenRequest before = last.put(id, request);
            // On one connection the first was answered before the second was asked for.
            if (before != null
                    && before.message() instanceof EndTxnRequest
                    && request.message() instanceof EndTxnRequest
                    && before.connection() != request.connection()) {
                ids.add(id);
            }
        }
    }

    /** Whether that is one of an id that such an end came for. */
    boolean mayHaveEnded(SimTransaction transaction) {
        return ids.contains(transaction.session.id());
    }

    /** Of what begins or ends a transaction. */
    private static @Nullable String idOf(@Nullable Message request) {
        if (request instanceof EndTxnRequest end) {
            return end.transactionalId();
        }
        if (request instanceof AddOffsetsToTxnRequest offsets) {
            return offsets.transactionalId();
        }
        return request instanceof AddPartitionsToTxnRequest partitions ? partitions.v3AndBelowTransactionalId() : null;
    }
}
