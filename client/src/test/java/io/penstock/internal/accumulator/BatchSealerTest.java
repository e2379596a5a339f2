package io.penstock.internal.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.accumulator.Batches.Item;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Compressors;
import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.KeyValue;
import io.penstock.wire.record.RecordBatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sealing and splitting, with every codec. */
final class BatchSealerTest {

    private final PagePool pool = new PagePool(1 << 20, true);
    private final RecordAccumulator accumulator = Batches.accumulator(pool, 1 << 19, true);
    private final PartitionQueue queue = Batches.queue(accumulator);
    private final TopicQueues topic = accumulator.topic("t", (t, q) -> () -> {});

    private static BatchSealer sealer(CompressionType type) {
        if (type == CompressionType.NONE) {
            return new BatchSealer(null);
        }
        return new BatchSealer(Compressors.create(type));
    }

    private ProducerBatch filled(List<Item> items) {
        for (Item item : items) {
            assertThat(Batches.append(queue, item)).isEqualTo(AppendOutcome.APPENDED);
        }
        ProducerBatch batch = queue.poll();
        assertThat(batch).isNotNull();
        return batch;
    }

    private boolean allBack() {
        return pool.availableBytes() == pool.capacityBytes();
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void seal_compressesInPlace_givesSurplusPagesBack_andCanBeStampedAgain(CompressionType type) {
        Random random = new Random(3);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            items.add(Batches.value("the same words over and over "
                    .repeat(1 + random.nextInt(30))
                    .getBytes()));
        }
        ProducerBatch batch = filled(items);
        int rawPages = batch.pageCount();
        int rawBytes = batch.sizeBytes();
        List<String> sent = items.stream().map(Item::text).toList();
        try (BatchSealer sealer = sealer(type)) {
            sealer.seal(batch, topic);
            for (int attempt = 0; attempt < 2; attempt++) {
                BatchSealer.stamp(batch, 7, (short) attempt, 10 * attempt);
                assertThat(Batches.read(Batches.bytes(batch))).isEqualTo(sent);
                assertThat(Batches.readAsApache(Batches.bytes(batch))).isEqualTo(sent);
                BatchFields fields = RecordBatchReader.of(Batches.bytes(batch)).fields();
                assertThat(fields.compressionType()).isEqualTo(type);
                assertThat(fields.producerEpoch()).isEqualTo((short) attempt);
                assertThat(fields.baseSequence()).isEqualTo(10 * attempt);
            }
        }
        if (type != CompressionType.NONE) {
            assertThat(batch.sizeBytes()).isLessThan(rawBytes / 4);
            assertThat(batch.pageCount()).isLessThan(rawPages / 2);
            assertThat(topic.sentSizeOf(10_000)).as("learned from it").isLessThan(9_999);
        }
        assertThat(pool.capacityBytes() - pool.availableBytes()).isEqualTo((long) batch.pageCount() * pool.pageBytes());
        batch.release();
        assertThat(allBack()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void seal_whenTheFirstPageIsAQuarter_compressesIntoItAndBeyond(CompressionType type) {
        Page[] held = Batches.takeHalf(pool);
        long available = pool.availableBytes();
        Random random = new Random(5);
        for (int count = 1; count < 60; count++) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                items.add(Batches.random(random, 700));
            }
            items.add(0, Batches.value(new byte[100]));
            ProducerBatch batch = filled(items);
            try (BatchSealer sealer = sealer(type)) {
                sealer.seal(batch, topic);
                BatchSealer.stamp(batch, 7, (short) 1, 0);
            }
            assertThat(batch.page(0).sizeBytes()).isEqualTo(pool.pageBytes() / 4);
            assertThat(available - pool.availableBytes()).isEqualTo((long) batch.pageCount() * pool.pageBytes());
            assertThat(Batches.readAsApache(Batches.bytes(batch)))
                    .isEqualTo(items.stream().map(Item::text).toList());
            batch.release();
            assertThat(pool.availableBytes()).isEqualTo(available);
        }
        pool.giveBack(held, 0, held.length);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void append_whenPagesAreNeighbours_writesThemAsOnePiece_andOthersPagesStayAsTheyAre(int partitions) {
        Random random = new Random(partitions);
        for (int round = 0; round < 5; round++) { // later rounds get pages that have been used, in whatever order
            List<List<String>> sent = new ArrayList<>();
            List<ProducerBatch> batches = new ArrayList<>();
            for (int i = 0; i < partitions; i++) {
                sent.add(new ArrayList<>());
            }
            for (int i = 0; i < 150; i++) {
                int partition = random.nextInt(partitions);
                Item item = Batches.random(random, i % 5 == 0 ? 9_000 : 300);
                assertThat(Batches.append(topic.queue(partition), item)).isEqualTo(AppendOutcome.APPENDED);
                sent.get(partition).add(item.text());
            }
            for (int i = 0; i < partitions; i++) {
                ProducerBatch batch = topic.queue(i).poll();
                batches.add(batch);
                sealer(CompressionType.NONE).seal(batch, topic);
                BatchSealer.stamp(batch, 7, (short) 0, 0);
            }
            for (int i = 0; i < partitions; i++) {
                assertThat(Batches.read(Batches.bytes(batches.get(i)))).isEqualTo(sent.get(i));
                assertThat(Batches.readAsApache(Batches.bytes(batches.get(i)))).isEqualTo(sent.get(i));
            }
            if (partitions == 1) {
                assertThat(batches.get(0).pageCount()).isGreaterThan(25);
                assertThat(batches.get(0).runCount()).isLessThan(4);
            }
            batches.forEach(ProducerBatch::release);
        }
        assertThat(allBack()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void seal_ofWhatDoesNotBecomeSmaller_staysUncompressed(CompressionType type) {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        Item item = Batches.value(noise);
        ProducerBatch batch = filled(List.of(item));
        int size = batch.sizeBytes();
        try (BatchSealer sealer = sealer(type)) {
            sealer.seal(batch, topic);
        }
        BatchSealer.stamp(batch, -1, (short) -1, -1);
        assertThat(batch.sizeBytes()).isEqualTo(size);
        assertThat(RecordBatchReader.of(Batches.bytes(batch)).fields().compressionType())
                .isEqualTo(CompressionType.NONE);
        assertThat(Batches.read(Batches.bytes(batch))).containsExactly(item.text());
        batch.release();
        assertThat(allBack()).isTrue();
    }

    @Test
    void pages_goBackOnlyWhenNobodyHoldsThem() {
        ProducerBatch batch = filled(List.of(Batches.value(new byte[100])));
        batch.hold();
        batch.release();
        assertThat(allBack()).isFalse();
        batch.release();
        assertThat(allBack()).isTrue();
        assertThatThrownBy(batch::release).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> BatchSealer.bytes(batch).get(0)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @EnumSource(CompressionType.class)
    void split_keepsRecordsAndPromisesInOrder_andAccountsForEveryPage(CompressionType type) {
        try (BatchSealer sealer = sealer(type)) {
            for (int seed = 0; seed < 40; seed++) {
                Random random = new Random(seed);
                List<Item> items = new ArrayList<>();
                int count = 2 + random.nextInt(12);
                int hugeAt = random.nextInt(3) == 0 ? 0 : random.nextBoolean() ? count - 1 : -1;
                for (int i = 0; i < count; i++) {
                    items.add(
                            i == hugeAt
                                    ? Batches.value(new byte[60_000])
                                    : Batches.random(random, 1 + random.nextInt(3_000)));
                }
                splitFully(sealer, items, seed);
                assertThat(allBack()).as("seed %s", seed).isTrue();
            }
        }
    }

    private void splitFully(BatchSealer sealer, List<Item> items, int seed) {
        List<RecordPromise> promises = new ArrayList<>();
        for (Item item : items) {
            RecordPromise promise = Batches.promise(item);
            promises.add(promise);
            queue.append(promise, KeyValue.of(item.key(), item.value()), item, null, false);
        }
        ProducerBatch whole = queue.poll();
        assertThat(whole).isNotNull();
        sealer.seal(whole, topic);
        BatchSealer.stamp(whole, 7, (short) 0, 0);
        BatchSplitter splitter = new BatchSplitter(pool, sealer);
        List<ProducerBatch> parts = List.of(whole);
        while (parts.size() < items.size()) { // down to single records
            List<ProducerBatch> smaller = new ArrayList<>();
            for (ProducerBatch part : parts) {
                if (part.recordCount() == 1) {
                    smaller.add(part);
                    continue;
                }
                List<ProducerBatch> halves = splitter.split(part, topic);
                assertThat(halves.size()).as("seed %s", seed).isGreaterThan(1);
                smaller.addAll(halves);
            }
            parts = smaller;
            parts.forEach(part -> BatchSealer.stamp(part, 7, (short) 0, 0));
            List<String> found = new ArrayList<>();
            parts.forEach(part -> found.addAll(Batches.read(Batches.bytes(part))));
            assertThat(found)
                    .as("seed %s", seed)
                    .isEqualTo(items.stream().map(Item::text).toList());
        }
        List<RecordPromise> kept = new ArrayList<>();
        for (ProducerBatch part : parts) {
            assertThat(part.promises().count()).isEqualTo(part.recordCount());
            kept.addAll(part.promises().takeAll());
            part.release();
        }
        assertThat(kept).as("seed %s", seed).isEqualTo(promises);
    }

    @Test
    void split_withoutMemory_usesTheHeapForOnce() {
        ProducerBatch batch = filled(List.of(Batches.value(new byte[9_000]), Batches.value(new byte[9_000])));
        new BatchSealer(null).seal(batch, topic);
        BatchSealer.stamp(batch, -1, (short) -1, -1);
        Page[] rest = new Page[(int) (pool.availableBytes() / pool.pageBytes())];
        pool.tryTake(rest, 0, rest.length);
        List<ProducerBatch> parts = new BatchSplitter(pool, new BatchSealer(null)).split(batch, topic);
        assertThat(parts).hasSize(2);
        parts.forEach(ProducerBatch::release);
        pool.giveBack(rest, 0, rest.length);
        assertThat(allBack()).isTrue();
    }

    @Test
    void tooLarge_isLearned_andLaterBatchesAreSmaller() {
        topic.onTooLarge(10_000);
        for (int i = 0; i < 20; i++) {
            Batches.append(queue, Batches.value(new byte[1_000]));
        }
        for (ProducerBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
            assertThat(batch.sizeBytes()).isLessThanOrEqualTo(5_000);
            batch.release();
        }
    }
}
