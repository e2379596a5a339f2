package io.penstock.cli;

import io.penstock.producer.Header;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code penstock produce} was asked to do, checked for sense.
 *
 * @param settings for the producer, without the broker's address when that is embedded
 * @param dataDir where the embedded broker keeps its data; null for a temporary directory
 * @param partitions how many the embedded broker's topic shall have; null when nothing was said
 */
record ProduceOptions(
        String topic,
        List<Input> inputs,
        RecordShape shape,
        Map<String, Object> settings,
        boolean embedded,
        @Nullable Path dataDir,
        @Nullable Integer partitions,
        boolean verify) {

    /** How a line becomes a record. */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares or prints it
    record RecordShape(
            byte @Nullable [] keySeparator,
            List<Header> headers,
            @Nullable Integer partition) {}
}
