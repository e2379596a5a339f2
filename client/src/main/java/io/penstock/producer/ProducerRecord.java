package io.penstock.producer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What to send: a topic, a value, and optionally a key, a partition, a timestamp and headers.
 *
 * <pre>{@code
 * var record = new ProducerRecord<>("orders", orderId, order);
 * record.headers().add("trace", traceId);
 * }</pre>
 *
 * <p>Without a partition, the key's hash chooses it; without a key as well, the producer spreads records over all partitions.
 * Immutable but for its headers, which become read-only once it is sent.
 */
public class ProducerRecord<K, V> {
    private final String topic;
    private final @Nullable Integer partition;
    private final @Nullable Long timestamp;
    private final @Nullable K key;
    private final @Nullable V value;
    /** Made when it is first asked for: most records have none. */
    private @Nullable RecordHeaders headers;

    /**
     * @param topic where to; never null
     * @param partition which partition, from 0, or null to have it chosen
     * @param timestamp milliseconds since 1970-01-01 UTC, or null for the time of the send. A topic set to {@code LogAppendTime}
     *     replaces it by the broker's time
     * @param key may be null
     * @param value may be null, which deletes the key in a compacted topic
     * @param headers copied; null counts as none
     * @throws IllegalArgumentException for a null topic, a negative partition or a negative timestamp
     */
    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable Long timestamp,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        if (topic == null) {
            throw new IllegalArgumentException("the topic of a record must not be null");
        }
        if (timestamp != null && timestamp < 0) {
            throw new IllegalArgumentException("invalid timestamp " + timestamp + " for a record of topic " + topic
                    + ": milliseconds since 1970-01-01 UTC, never negative, or null for the time of the send");
        }
        if (partition != null && partition < 0) {
            throw new IllegalArgumentException("invalid partition " + partition + " for a record of topic " + topic
                    + ": partitions count from 0; null has it chosen");
        }
        this.topic = topic;
        this.partition = partition;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers == null ? null : new RecordHeaders(headers);
    }

    public ProducerRecord(
            String topic, @Nullable Integer partition, @Nullable Long timestamp, @Nullable K key, @Nullable V value) {
        this(topic, partition, timestamp, key, value, null);
    }

    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        this(topic, partition, null, key, value, headers);
    }

    public ProducerRecord(String topic, @Nullable Integer partition, @Nullable K key, @Nullable V value) {
        this(topic, partition, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable K key, @Nullable V value) {
        this(topic, null, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable V value) {
        this(topic, null, null, null, value, null);
    }

    public String topic() {
        return topic;
    }

    /** Never null; changes to it are sent along until {@code send} is called. */
    public Headers headers() {
        RecordHeaders made = headers;
        if (made == null) {
            made = new RecordHeaders();
            headers = made;
        }
        return made;
    }

    /** For the producer, when it takes the record: the headers as they are sent, read-only from now on. */
    public RecordHeaders sealHeaders() {
        RecordHeaders made = headers;
        if (made == null && getClass() == ProducerRecord.class) {
            headers = RecordHeaders.NONE_SENT;
            return RecordHeaders.NONE_SENT;
        }
        Headers shown = headers(); // a subclass may have its own
        RecordHeaders sealed = shown instanceof RecordHeaders ours ? ours : new RecordHeaders(shown);
        sealed.setReadOnly();
        return sealed;
    }

    public @Nullable K key() {
        return key;
    }

    public @Nullable V value() {
        return value;
    }

    /** Milliseconds since 1970-01-01 UTC, or null for the time of the send. */
    public @Nullable Long timestamp() {
        return timestamp;
    }

    /** The partition asked for, or null. */
    public @Nullable Integer partition() {
        return partition;
    }

    @Override
    public String toString() {
        return "ProducerRecord(topic=" + topic + ", partition=" + partition + ", headers=" + headers() + ", key=" + key
                + ", value=" + value + ", timestamp=" + timestamp + ")";
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof ProducerRecord<?, ?> that
                && topic.equals(that.topic)
                && Objects.equals(partition, that.partition)
                && Objects.equals(timestamp, that.timestamp)
                && Objects.equals(key, that.key)
                && Objects.equals(value, that.value)
                && headers().equals(that.headers());
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, timestamp, key, value, headers());
    }
}
