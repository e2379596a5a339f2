package io.penstock.testkit.assertion;

import io.penstock.testkit.fake.FakeCluster;

/**
 * Where assertions on fake clusters begin.
 *
 * <pre>{@code
 * assertThat(cluster).topic("orders").containsValues("tea", "milk");
 * assertThat(cluster).topic("orders").aborted().isEmpty();
 * assertThat(cluster).topic("orders").partition(0).within(Duration.ofSeconds(5)).containsExactly(
 *         record("alice", "tea").withHeader("source", "web"));
 * }</pre>
 */
public final class KafkaAssertions {

    private KafkaAssertions() {}

    public static FakeClusterAssert assertThat(FakeCluster actual) {
        return new FakeClusterAssert(actual);
    }

    /** A record with this value, whatever its key is. */
    public static ExpectedRecord value(String value) {
        return ExpectedRecord.ofValue(value);
    }

    /** A record with this key and value. */
    public static ExpectedRecord record(String key, String value) {
        return ExpectedRecord.ofValue(value).withKey(key);
    }
}
