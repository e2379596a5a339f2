package io.penstock.testkit.assertion;

import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.Isolation;
import io.penstock.testkit.fake.StoredRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/**
 * What a topic, or one partition of it, should hold: as a committed reader sees it unless said otherwise, in the order of partitions
 * and offsets.
 *
 * <p>What is asserted has to be so at once; after {@link #within} it may take that long. For one thread.
 */
public final class TopicAssert extends AbstractAssert<TopicAssert, FakeCluster> {

    private static final int ALL = -1;

    private final String topic;
    private int partition = ALL;
    private Isolation isolation = Isolation.READ_COMMITTED;
    private Duration patience = Duration.ZERO;

    TopicAssert(FakeCluster actual, String topic) {
        super(actual, TopicAssert.class);
        this.topic = topic;
    }

    // -------------------------------------------------------- what is looked at

    /** One partition from now on. */
    public TopicAssert partition(int index) {
        partition = index;
        return this;
    }

    /** What a committed reader sees, from now on. */
    public TopicAssert committed() {
        return seenBy(Isolation.READ_COMMITTED);
    }

    /** All that is there, from now on. */
    public TopicAssert uncommitted() {
        return seenBy(Isolation.READ_UNCOMMITTED);
    }

    /** Only records of aborted transactions, from now on. */
    public TopicAssert aborted() {
        return seenBy(Isolation.ABORTED);
    }

    /** Only records of open transactions, from now on. */
    public TopicAssert open() {
        return seenBy(Isolation.OPEN);
    }

    /** Assertions from now on may take so long to come true. */
    public TopicAssert within(Duration atMost) {
        patience = atMost;
        return this;
    }

    private TopicAssert seenBy(Isolation which) {
        isolation = which;
        return this;
    }

    // ---------------------------------------------------------- what should hold

    /** These records and no others, in this order. Of a topic with several partitions, better asked for one. */
    public TopicAssert containsExactly(ExpectedRecord... expected) {
        return check(records -> {
            boolean same = records.size() == expected.length;
            for (int i = 0; same && i < expected.length; i++) {
                same = expected[i].matches(records.get(i));
            }
            return same ? null : difference("exactly, in this order", List.of(expected), records);
        });
    }

    /** These records and no others, in any order. */
    public TopicAssert containsExactlyInAnyOrder(ExpectedRecord... expected) {
        return check(records -> records.size() == expected.length && allFound(List.of(expected), records)
                ? null
                : difference("exactly, in any order", List.of(expected), records));
    }

    /** At least these records, in any order. */
    public TopicAssert contains(ExpectedRecord... expected) {
        return check(records ->
                allFound(List.of(expected), records) ? null : difference("at least", List.of(expected), records));
    }

    /** Records with these values and no others, in this order. */
    public TopicAssert containsValues(String... values) {
        List<ExpectedRecord> expected = new ArrayList<>();
        for (String value : values) {
            expected.add(ExpectedRecord.ofValue(value));
        }
        return containsExactly(expected.toArray(ExpectedRecord[]::new));
    }

    /** The records of this key, in all partitions, have these values in this order. */
    public TopicAssert containsValuesOfKey(String key, String... values) {
        return check(records -> {
            List<@Nullable String> found = new ArrayList<>();
            for (StoredRecord record : records) {
                if (Objects.equals(record.keyText(), key)) {
                    found.add(record.valueText());
                }
            }
            return found.equals(List.of(values)) ? null : difference("for key " + key, List.of(values), found);
        });
    }

    public TopicAssert hasSize(int count) {
        return check(
                records -> records.size() == count ? null : difference("so many records", List.of(count), records));
    }

    public TopicAssert isEmpty() {
        return hasSize(0);
    }

    /** No two records of a partition have the same key and value: nothing was written twice. */
    public TopicAssert hasNoDuplicates() {
        return check(records -> {
            Set<List<@Nullable Object>> seen = new HashSet<>();
            for (StoredRecord record : records) {
                List<@Nullable Object> identity = new ArrayList<>();
                identity.add(record.partition());
                identity.add(record.keyText());
                identity.add(record.valueText());
                if (!seen.add(identity)) {
                    return difference("no record twice", List.of(), List.of(record));
                }
            }
            return null;
        });
    }

    /** Goes on with AssertJ's own assertions, on the records as they are now. */
    public ListAssert<StoredRecord> records() {
        return Assertions.assertThat(look());
    }

    // ---------------------------------------------------------------- how it is

    private TopicAssert check(Function<List<StoredRecord>, @Nullable String> difference) {
        isNotNull();
        if (!patience.isZero()) {
            try {
                actual.await("", patience, () -> difference.apply(look()) == null);
            } catch (AssertionError e) {
                // What is wrong is said below, better.
            }
        }
        String wrong = difference.apply(look());
        if (wrong != null) {
            throw failure("%s", wrong);
        }
        return this;
    }

    private List<StoredRecord> look() {
        return partition == ALL ? actual.records(topic, isolation) : actual.records(topic, partition, isolation);
    }

    /** Each expected one stands for a record of its own. */
    private static boolean allFound(List<ExpectedRecord> expected, List<StoredRecord> records) {
        List<StoredRecord> left = new ArrayList<>(records);
        for (ExpectedRecord one : expected) {
            if (!removeFirst(left, one)) {
                return false;
            }
        }
        return true;
    }

    private static boolean removeFirst(List<StoredRecord> left, ExpectedRecord wanted) {
        for (StoredRecord record : left) {
            if (wanted.matches(record)) {
                return left.remove(record);
            }
        }
        return false;
    }

    private String difference(String how, Collection<?> expected, Collection<?> found) {
        String place = partition == ALL ? "topic " + topic : topic + "-" + partition;
        return "Expected " + place + ", seen " + isolation + ", to hold " + how + lines(expected) + "\nbut it holds"
                + lines(found) + (patience.isZero() ? "" : "\nafter " + patience);
    }

    private static String lines(Collection<?> items) {
        StringBuilder text = new StringBuilder();
        items.forEach(item -> text.append("\n  ").append(item));
        return text.isEmpty() ? "\n  (nothing)" : text.toString();
    }
}
