package io.penstock.cli;

import io.penstock.producer.Header;
import io.penstock.producer.ProducerRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a line. Immutable.
 *
 * <p>With a separator, what stands before its first occurrence is the key; a line without one has no key. An empty line is
 * a record with an empty value.
 */
final class RecordFactory {
    private final String topic;
    private final @Nullable Integer partition;
    private final byte @Nullable [] separator;
    private final List<Header> headers;

    RecordFactory(String topic, @Nullable Integer partition, byte @Nullable [] separator, List<Header> headers) {
        this.topic = topic;
        this.partition = partition;
        this.separator = separator == null ? null : separator.clone();
        this.headers = List.copyOf(headers);
    }

    ProducerRecord<byte[], byte[]> record(byte[] line) {
        byte[] key = null;
        byte[] value = line;
        if (separator != null) {
            int at = indexOf(line, separator);
            if (at >= 0) {
                key = Arrays.copyOf(line, at);
                value = Arrays.copyOfRange(line, at + separator.length, line.length);
            }
        }
        return new ProducerRecord<>(topic, partition, key, value, headers);
    }

    private static int indexOf(byte[] line, byte[] separator) {
        for (int i = 0; i <= line.length - separator.length; i++) {
            if (line[i] == separator[0]
                    && Arrays.mismatch(line, i, i + separator.length, separator, 0, separator.length) < 0) {
                return i;
            }
        }
        return -1;
    }
}
