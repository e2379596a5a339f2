package io.penstock.cli;

import io.penstock.testkit.TopicReader;
import io.penstock.wire.record.HeaderView;
import io.penstock.wire.record.RecordView;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads back what a run has sent: everything from the ends that the partitions had before it.
 *
 * <p>Used by one thread; {@link #begin} comes before the first record, {@link #compare} after the last acknowledgement. A
 * record acknowledged by one broker may be visible a little later, so what is missing is waited for, 10 s at most.
 */
final class Verification implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final TopicReader reader;
    private final String topic;
    private final RecordSum found = new RecordSum();
    private long[] next;

    private Verification(TopicReader reader, String topic) {
        this.reader = reader;
        this.topic = topic;
        this.next = reader.endOffsets(topic);
    }

    static Verification begin(String bootstrapServers, String topic) {
        TopicReader reader = TopicReader.connect(bootstrapServers);
        try {
            return new Verification(reader, topic);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /**
     * Compares what is in the topic with what was sent.
     *
     * @return the line that says so
     * @throws CliException if they differ
     */
    String compare(RecordSum sent) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        readOn();
        while (found.count() < sent.count() && System.nanoTime() - deadline < 0) {
            LockSupport.parkNanos(POLL_NANOS);
            readOn();
        }
        if (found.count() != sent.count()) {
            String hint = found.count() > sent.count() ? "does anyone else write to it?" : "records are missing";
            throw new CliException("verification failed: " + sent.count() + " records were acknowledged, "
                    + found.count() + " were read back from " + topic + ": " + hint);
        }
        if (!found.sameAs(sent)) {
            throw new CliException("verification failed: " + sent.count() + " records were read back from " + topic
                    + ", but with checksum " + found.checksum() + " instead of " + sent.checksum()
                    + ": their contents differ");
        }
        return topic + ": verified, " + found.count() + " records read back, checksum " + found.checksum();
    }

    private void readOn() {
        long[] ends = reader.endOffsets(topic);
        next = Arrays.copyOf(next, Math.max(next.length, ends.length));
        for (int partition = 0; partition < ends.length; partition++) {
            if (next[partition] < ends[partition]) {
                reader.read(topic, partition, next[partition], ends[partition], (p, record) -> add(record));
                next[partition] = ends[partition];
            }
        }
    }

    private void add(RecordView record) {
        List<RecordSum.NamedBytes> headers = new ArrayList<>();
        for (HeaderView header : record.headers()) {
            headers.add(new RecordSum.NamedBytes(header.key(), header.value()));
        }
        found.add(record.key(), record.value(), found.headersHash(headers));
    }

    @Override
    public void close() {
        reader.close();
    }
}
