package io.penstock.internal.accumulator;

import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.Segments;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.HeaderView;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordBatchReader;
import io.penstock.wire.record.RecordView;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.jspecify.annotations.Nullable;

/** Records and queues for the accumulator's tests, and the readers that check what became of them. */
final class Batches {

    /** A record's content, comparable. */
    record Item(long timestamp, byte @Nullable [] key, byte @Nullable [] value, List<String> headers)
            implements HeaderSource {

        @Override
        public int headerCount() {
            return headers.size();
        }

        @Override
        public String headerKey(int index) {
            return headers.get(index);
        }

        @Override
        public byte @Nullable [] headerValue(int index) {
            String key = headers.get(index);
            return key.isEmpty() ? null : key.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }

        String text() {
            return timestamp + " " + Arrays.toString(key) + " " + Arrays.toString(value) + " " + headers;
        }
    }

    private Batches() {}

    static RecordAccumulator accumulator(PagePool pool, int batchBytes, boolean set) {
        return new RecordAccumulator(pool, BatchLimits.of(batchBytes, set, 1 << 20, pool.capacityBytes()), () -> 0L);
    }

    static PartitionQueue queue(RecordAccumulator accumulator) {
        return accumulator.topic("t", (topic, queue) -> () -> {}).queue(0);
    }

    /** From then on memory is not plenty, and batches begin with a quarter of a page. */
    static Page[] takeHalf(PagePool pool) {
        Page[] half = new Page[(int) (pool.capacityBytes() / pool.pageBytes()) / 2];
        if (!pool.tryTake(half, 0, half.length)) {
            throw new AssertionError("Half of the pool is lent already");
        }
        return half;
    }

    static Item value(byte[] value) {
        return new Item(1_000, null, value, List.of());
    }

    static Item random(Random random, int maxValueBytes) {
        byte[] value = random.nextInt(8) == 0 ? null : bytes(random, random.nextInt(maxValueBytes + 1));
        byte[] key = random.nextBoolean() ? null : bytes(random, random.nextInt(20));
        List<String> headers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 1; i--) {
            headers.add("h\u00e9".repeat(random.nextInt(6)));
        }
        return new Item(1_000_000 + random.nextInt(2_000) - 1_000, key, value, headers);
    }

    private static byte[] bytes(Random random, int size) {
        byte[] bytes = new byte[size];
        int letters = random.nextBoolean() ? 4 : 256; // well or badly compressible
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) random.nextInt(letters);
        }
        return bytes;
    }

    static RecordPromise promise(Item item) {
        return new RecordPromise(
                item.timestamp(),
                item.key() == null ? -1 : item.key().length,
                item.value() == null ? -1 : item.value().length,
                null);
    }

    static AppendOutcome append(PartitionQueue queue, Item item) {
        return queue.append(promise(item), KeyValue.of(item.key(), item.value()), item, null, false);
    }

    static ByteBuffer bytes(ProducerBatch batch) {
        Segments segments = BatchSealer.bytes(batch);
        ByteBuffer copy = ByteBuffer.allocate(segments.sizeBytes());
        for (int i = 0; i < segments.count(); i++) {
            copy.put(segments.get(i));
        }
        return copy.flip();
    }

    /** What our own strict reader finds. */
    static List<String> read(ByteBuffer bytes) {
        List<String> found = new ArrayList<>();
        RecordBatchReader reader = RecordBatchReader.of(bytes);
        for (RecordView record : reader) {
            List<String> headers =
                    record.headers().stream().map(HeaderView::key).toList();
            found.add(new Item(record.timestamp(), array(record.key()), array(record.value()), headers).text());
        }
        return found;
    }

    /** What Apache's reader finds. */
    static List<String> readAsApache(ByteBuffer bytes) {
        List<String> found = new ArrayList<>();
        MemoryRecords records = MemoryRecords.readableRecords(bytes.duplicate());
        records.batches().forEach(batch -> {
            batch.ensureValid();
            for (Record record : batch) {
                record.ensureValid();
                List<String> headers =
                        Arrays.stream(record.headers()).map(Header::key).toList();
                found.add(new Item(record.timestamp(), array(record.key()), array(record.value()), headers).text());
            }
        });
        return found;
    }

    private static byte @Nullable [] array(@Nullable ByteBuffer bytes) {
        if (bytes == null) {
            return null;
        }
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }
}
