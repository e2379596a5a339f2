package io.penstock.cli;

import io.penstock.producer.Header;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads every line of every input and hands it to the producer.
 *
 * <p>One thread sends; how far it is may be looked at by others.
 */
final class Sending {
    /** A line has to fit into one array, and no broker takes a record of this size. */
    private static final int MAX_LINE_BYTES = 256 * 1024 * 1024;

    private final ProduceOptions options;
    private final InputStream standardInput;
    private final Producer<byte[], byte[]> producer;
    private final Tally tally;
    private final RecordFactory factory;
    private final RecordSum sum = new RecordSum();
    private final long headersHash;
    private final long startNanos = System.nanoTime();
    private volatile long sentCount;
    private volatile long earlierBytes;
    private volatile @Nullable LineSource current;

    Sending(ProduceOptions options, InputStream standardInput, Producer<byte[], byte[]> producer, Tally tally) {
        this.options = options;
        this.standardInput = standardInput;
        this.producer = producer;
        this.tally = tally;
        ProduceOptions.RecordShape shape = options.shape();
        this.factory = new RecordFactory(options.topic(), shape.partition(), shape.keySeparator(), shape.headers());
        this.headersHash = sum.headersHash(
                shape.headers().stream().map(Sending::namedBytes).toList());
    }

    private static RecordSum.NamedBytes namedBytes(Header header) {
        return new RecordSum.NamedBytes(header.key(), wrap(header.value()));
    }

    private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    /** Sends until the inputs end or {@code stop} says so. */
    void sendAll(BooleanSupplier stop) {
        for (Input input : options.inputs()) {
            if (stop.getAsBoolean()) {
                return;
            }
            try (InputStream in = input.open(standardInput)) {
                LineSource lines = new LineSource(in, input.name(), MAX_LINE_BYTES);
                current = lines;
                sendLines(lines, stop);
                current = null;
                earlierBytes = earlierBytes + lines.readBytes();
            } catch (IOException e) {
                throw new CliException("cannot read " + input.name() + ": " + e.getMessage());
            }
        }
    }

    private void sendLines(LineSource lines, BooleanSupplier stop) throws IOException {
        while (!stop.getAsBoolean()) {
            byte[] line = lines.next();
            if (line == null || stop.getAsBoolean()) {
                return;
            }
            send(factory.record(line));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        if (options.verify()) {
            sum.add(wrap(record.key()), wrap(record.value()), headersHash);
        }
        sentCount = sentCount + 1;
        try {
            var unused = producer.send(record, tally);
        } catch (RuntimeException e) {
            tally.fail(e);
        }
    }

    /** Everything sent, for {@link Verification}; complete once {@link #sendAll} has returned. */
    RecordSum sum() {
        return sum;
    }

    long sentCount() {
        return sentCount;
    }

    long readBytes() {
        LineSource lines = current;
        return earlierBytes + (lines == null ? 0 : lines.readBytes());
    }

    long elapsedNanos() {
        return System.nanoTime() - startNanos;
    }
}
