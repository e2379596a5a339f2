package io.penstock.testkit.sim;

import io.penstock.errors.InvalidProducerEpochException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RecordOutcome;
import io.penstock.testkit.fake.BrokerRelease;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import io.penstock.testkit.fake.TransactionView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader of committed records sees: every committed transaction whole and once, of no other a part, the group's position of the
 * last one seen; nothing of a producer after another one has taken over its id; and no transaction open when all is over.
 *
 * <p>Brokers before 3.6 append for a transaction that is not open any more, when a request is late (KIP-890): there, what a producer said
 * to be unknown may be found in the next transaction or in none, and there it keeps readers from all that lies behind it. Nothing a
 * producer does prevents it. {@link LatePositions} and {@link LateEnds} are the same for other requests.
 */
final class AtomicTransactions implements Checker {

    private static final String NAME = "AtomicTransactions";

    @Override
    public void check(Parts parts) {
        if (parts.plan().transactions().isNone()) {
            return;
        }
        Map<Integer, Integer> seen = seen(parts);
        LateEnds ends = new LateEnds(parts);
        for (SimTransaction transaction : parts.book().transactions()) {
            check(transaction, seen, parts);
            if (!ends.mayHaveEnded(transaction)) {
                checkWhole(transaction, seen, parts);
            }
        }
        for (TransactionalSession session : parts.book().sessions()) {
            if (session.openOperations() > 0) {
                parts.findings().add(NAME, "a call was never answered of " + session);
            }
        }
        checkNoneIsOpen(ends, parts);
        checkPositions(seen, parts);
    }

    /** How often each record is seen, or would be but for what hangs before it where requests may be late. */
    private static Map<Integer, Integer> seen(Parts parts) {
        FakeCluster cluster = parts.cluster();
        Map<Integer, Integer> seen = new HashMap<>();
        for (String topic : cluster.topics()) {
            if (parts.plan().release() == BrokerRelease.CURRENT) {
                add(cluster.records(topic, Isolation.READ_COMMITTED), 1, seen);
            } else {
                add(cluster.records(topic, Isolation.READ_UNCOMMITTED), 1, seen);
                add(cluster.records(topic, Isolation.ABORTED), -1, seen);
                add(cluster.records(topic, Isolation.OPEN), -1, seen);
            }
        }
        seen.values().removeIf(count -> count == 0);
        return seen;
    }

    private static void add(List<StoredRecord> records, int count, Map<Integer, Integer> seen) {
        for (StoredRecord stored : records) {
            seen.merge(History.idOf(stored.value()), count, Integer::sum);
        }
    }

    private static void check(SimTransaction transaction, Map<Integer, Integer> seen, Parts parts) {
        if (transaction.end == SimTransaction.End.COMMITTED && transaction.positionFailed) {
            parts.findings().add(NAME, "committed without its position: " + transaction);
        }
        if (!transaction.taken && !parts.book().isNoisy() && isFenced(transaction.refusal)) {
            parts.findings()
                    .add(NAME, "fenced, and nobody else was there: " + transaction + ": " + transaction.refusal);
        }
        if (isAnySeen(transaction, seen, parts)
                && transaction.session.isReplacedBefore(transaction.commitCalledNanos)) {
            parts.findings().add(NAME, "committed by a producer that was replaced before: " + transaction);
        }
    }

    private static void checkWhole(SimTransaction transaction, Map<Integer, Integer> seen, Parts parts) {
        boolean any = isAnySeen(transaction, seen, parts);
        if (any && transaction.isNothing()) {
            parts.findings().add(NAME, "seen, and must not be: " + transaction + whatIsSeen(transaction, seen));
        }
        if (any || transaction.end == SimTransaction.End.COMMITTED) {
            for (SimRecord record : transaction.records) {
                if (seen.getOrDefault(record.id, 0) != 1) {
                    parts.findings()
                            .add(NAME, "not whole: " + transaction + whatIsSeen(transaction, seen) + ": " + record);
                }
            }
        }
    }

    private static boolean isAnySeen(SimTransaction transaction, Map<Integer, Integer> seen, Parts parts) {
        for (SimRecord record : transaction.records) {
            if (seen.containsKey(record.id) && !mayBeLate(record, parts)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isFenced(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidProducerEpochException || cause instanceof ProducerFencedException) {
                return true;
            }
        }
        return false;
    }

    private static String whatIsSeen(SimTransaction transaction, Map<Integer, Integer> seen) {
        return ", of which "
                + transaction.records.stream()
                        .filter(record -> seen.containsKey(record.id))
                        .count() + " are seen";
    }

    private static boolean mayBeLate(SimRecord record, Parts parts) {
        return parts.plan().release() != BrokerRelease.CURRENT && record.outcome() == RecordOutcome.UNKNOWN;
    }

    private static void checkNoneIsOpen(LateEnds ends, Parts parts) {
        for (TransactionView view : parts.cluster().transactions().all()) {
            switch (view.state()) {
                case EMPTY, COMPLETE_COMMIT, COMPLETE_ABORT -> {}
                default -> parts.findings().add(NAME, "open when all is over: " + view);
            }
        }
        for (String topic : parts.cluster().topics()) {
            for (StoredRecord stored : parts.cluster().records(topic, Isolation.OPEN)) {
                SimRecord record = parts.history().records().get(History.idOf(stored.value()));
                if (!mayBeLate(record, parts) && !mayHang(record, ends, parts)) {
                    parts.findings().add(NAME, "hangs in the log when all is over: " + stored + ", " + record);
                }
            }
        }
    }

    /** Whether a late end may have come before the record. */
    private static boolean mayHang(SimRecord record, LateEnds ends, Parts parts) {
        return parts.book().transactions().stream()
                .anyMatch(transaction -> ends.mayHaveEnded(transaction) && transaction.records.contains(record));
    }

    /** Of each id, in the order of the transactions. */
    private static void checkPositions(Map<Integer, Integer> seen, Parts parts) {
        Map<String, Long> certain = new HashMap<>();
        Map<String, Set<Long>> possible = new HashMap<>();
        LatePositions late = new LatePositions(parts);
        for (SimTransaction transaction : parts.book().transactions()) {
            if (transaction.position == SimTransaction.NO_POSITION || transaction.isNothing()) {
                continue;
            }
            String id = transaction.session.id();
            boolean isSeen = transaction.records.stream().anyMatch(record -> seen.containsKey(record.id));
            if (isSeen || transaction.end == SimTransaction.End.COMMITTED) {
                certain.put(id, transaction.position);
                possible.remove(id);
            } else if (transaction.records.isEmpty()) {
                possible.computeIfAbsent(id, key -> new HashSet<>()).add(transaction.position);
            }
        }
        for (TransactionView view : parts.cluster().transactions().all()) {
            String id = view.transactionalId();
            long committed =
                    parts.cluster().groups().committed(TransactionalSession.group(id), TransactionalSession.INPUT, 0);
            if (committed != certain.getOrDefault(id, -1L)
                    && !possible.getOrDefault(id, Set.of()).contains(committed)
                    && !late.mayBe(id, committed)) {
                parts.findings()
                        .add(
                                NAME,
                                "the position of " + id + " is " + committed
                                        + ", and that of the last transaction seen " + certain.get(id));
            }
        }
    }
}
