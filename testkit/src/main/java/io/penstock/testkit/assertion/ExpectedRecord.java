package io.penstock.testkit.assertion;

import io.penstock.testkit.fake.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a record should be like; what is not said may be anything. Immutable. */
public final class ExpectedRecord {

    private record Trait(String text, Predicate<StoredRecord> holds) {}

    private final List<Trait> traits;

    private ExpectedRecord(List<Trait> traits) {
        this.traits = traits;
    }

    static ExpectedRecord ofValue(@Nullable String value) {
        return new ExpectedRecord(List.of())
                .with("value " + value, record -> Objects.equals(record.valueText(), value));
    }

    /** With this key, as UTF-8 text; null for none. */
    public ExpectedRecord withKey(@Nullable String key) {
        return with("key " + key, record -> Objects.equals(record.keyText(), key));
    }

    /** With such a header among its headers. */
    public ExpectedRecord withHeader(String key, @Nullable String value) {
        return with("header " + key + "=" + value, record -> record.headers().stream()
                .anyMatch(header -> header.key().equals(key) && Objects.equals(header.valueText(), value)));
    }

    public ExpectedRecord inPartition(int partition) {
        return with("partition " + partition, record -> record.partition() == partition);
    }

    /** Milliseconds since 1970. */
    public ExpectedRecord withTimestamp(long millis) {
        return with("timestamp " + millis, record -> record.timestamp() == millis);
    }

    public ExpectedRecord atOffset(long offset) {
        return with("offset " + offset, record -> record.offset() == offset);
    }

    boolean matches(StoredRecord record) {
        return traits.stream().allMatch(trait -> trait.holds().test(record));
    }

    private ExpectedRecord with(String text, Predicate<StoredRecord> holds) {
        List<Trait> more = new ArrayList<>(traits);
        more.add(new Trait(text, holds));
        return new ExpectedRecord(List.copyOf(more));
    }

    @Override
    public String toString() {
        return String.join(", ", traits.stream().map(Trait::text).toList());
    }
}
