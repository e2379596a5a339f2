package io.penstock.internal.accumulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.accumulator.Batches.Item;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.wire.record.HeaderSource;
import io.penstock.wire.record.KeyValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionQueueTest {

    private final PagePool pool = new PagePool(1 << 20, true);
    private int signals;

    private PartitionQueue listening(RecordAccumulator accumulator) {
        return accumulator.topic("listened", (topic, queue) -> () -> signals++).queue(0);
    }

    @Test
    void records_ofAllSizes_areReadBackByOursAndApaches() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            PagePool small = new PagePool(1 << (13 + random.nextInt(8)), true); // pages of 512 to 4096 bytes
            Page[] held = seed % 2 == 0
                    ? new Page[0]
                    : Batches.takeHalf(small); // so that batches begin with a quarter of one
            RecordAccumulator accumulator = Batches.accumulator(small, 1 << 19, true);
            PartitionQueue queue = Batches.queue(accumulator);
            List<String> sent = new ArrayList<>();
            int maxValue = random.nextBoolean() ? 40 : small.pageBytes() * 3;
            for (int i = 0; i < 40; i++) {
                Item item = Batches.random(random, maxValue);
                if (Batches.append(queue, item) == AppendOutcome.NEEDS_MEMORY) {
                    break;
                }
                sent.add(item.text());
            }
            List<String> found = new ArrayList<>();
            for (ProducerBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
                new BatchSealer(null).seal(batch, accumulator.topic("t", null));
                BatchSealer.stamp(batch, 7, (short) 1, 3);
                assertThat(batch.sizeBytes()).isEqualTo(BatchSealer.bytes(batch).sizeBytes());
                found.addAll(Batches.read(Batches.bytes(batch)));
                assertThat(Batches.readAsApache(Batches.bytes(batch))).isEqualTo(Batches.read(Batches.bytes(batch)));
                batch.release();
            }
            assertThat(found).as("seed %s", seed).isEqualTo(sent);
            small.giveBack(held, 0, held.length);
            assertThat(small.availableBytes()).isEqualTo(small.capacityBytes());
        }
    }

    /** Headers that grow between being measured and being written. */
    private static final class Growing implements HeaderSource {

        private int asked;

        @Override
        public int headerCount() {
            return 1;
        }

        @Override
        public String headerKey(int index) {
            return "k".repeat(asked++ < 1 ? 3 : 900);
        }

        @Override
        public byte[] headerValue(int index) {
            return new byte[2];
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void headersThatChangeMidWrite_leaveTheBatchAsItWas(boolean memoryIsShort) {
        Page[] held = memoryIsShort ? Batches.takeHalf(pool) : new Page[0];
        long availableAtFirst = pool.availableBytes();
        for (int valueBytes : new int[] {10, 700, 3_000, 9_000}) {
            for (boolean first : new boolean[] {true, false}) {
                RecordAccumulator accumulator = Batches.accumulator(pool, 100_000, true);
                PartitionQueue queue = Batches.queue(accumulator);
                Item before = Batches.value(new byte[memoryIsShort ? 200 : 2_000]);
                if (!first) {
                    Batches.append(queue, before);
                }
                long available = pool.availableBytes();
                byte[] value = new byte[valueBytes];
                assertThatThrownBy(() -> queue.append(
                                new RecordPromise(1, -1, valueBytes, null),
                                KeyValue.of(null, value),
                                new Growing(),
                                null,
                                false))
                        .isInstanceOf(RuntimeException.class);
                assertThat(pool.availableBytes()).isEqualTo(available);
                Item after = Batches.value(new byte[5_000]);
                Batches.append(queue, after);
                ProducerBatch batch = queue.poll();
                assertThat(batch).isNotNull();
                assertThat(batch.promises().count()).isEqualTo(first ? 1 : 2);
                new BatchSealer(null).seal(batch, accumulator.topic("t", null));
                BatchSealer.stamp(batch, -1, (short) -1, -1);
                assertThat(Batches.read(Batches.bytes(batch)))
                        .isEqualTo(first ? List.of(after.text()) : List.of(before.text(), after.text()));
                batch.release();
                assertThat(pool.availableBytes()).isEqualTo(availableAtFirst);
            }
        }
        pool.giveBack(held, 0, held.length);
    }

    @Test
    void append_ofEverySize_overTheEndOfAFirstQuarter_isReadBack() {
        Page[] held = Batches.takeHalf(pool);
        for (int before = 0; before < 1_000; before += 37) {
            for (int size : new int[] {0, 1, 30, 500, 520, 900, 1_100, 3_000, 4_096, 9_000}) {
                RecordAccumulator accumulator = Batches.accumulator(pool, 100_000, true);
                PartitionQueue queue = Batches.queue(accumulator);
                List<Item> items = List.of(Batches.value(new byte[before]), Batches.value(new byte[size]));
                items.forEach(item -> assertThat(Batches.append(queue, item)).isEqualTo(AppendOutcome.APPENDED));
                ProducerBatch batch = queue.poll();
                new BatchSealer(null).seal(batch, accumulator.topic("t", null));
                BatchSealer.stamp(batch, 7, (short) 1, 3);
                assertThat(batch.page(0).sizeBytes()).as("of %s", before).isEqualTo(before < 950 ? 1_024 : 4_096);
                assertThat(Batches.readAsApache(Batches.bytes(batch)))
                        .as("%s after %s", size, before)
                        .isEqualTo(items.stream().map(Item::text).toList());
                batch.release();
            }
        }
        pool.giveBack(held, 0, held.length);
        assertThat(pool.availableBytes()).isEqualTo(pool.capacityBytes());
    }

    @Test
    void batchSize_whenSet_isAHardLimitForMoreThanOneRecord() {
        PartitionQueue queue = Batches.queue(Batches.accumulator(pool, 200, true));
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Batches.append(queue, Batches.value(new byte[random.nextInt(120)]));
        }
        Batches.append(queue, Batches.value(new byte[500]));
        for (ProducerBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
            assertThat(batch.sizeBytes() <= 200 || batch.recordCount() == 1).isTrue();
        }
    }

    @Test
    void batchSize_whenNotSet_isWhereABatchIsReady_butItGrowsWhileItWaits() {
        PartitionQueue queue = Batches.queue(Batches.accumulator(pool, 200, false));
        List<AppendOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            outcomes.add(Batches.append(queue, Batches.value(new byte[50])));
        }
        assertThat(queue.batchCount()).isEqualTo(1);
        assertThat(outcomes.get(0)).isEqualTo(AppendOutcome.APPENDED);
        assertThat(outcomes.get(19)).isEqualTo(AppendOutcome.APPENDED_FULL);
        for (int i = 0; i < 200; i++) {
            Batches.append(queue, Batches.value(new byte[5_000]));
            if (queue.batchCount() > 1) {
                break;
            }
        }
        ProducerBatch grown = queue.poll();
        assertThat(grown).isNotNull();
        assertThat(grown.sizeBytes()).as("an eighth of memory at most").isLessThanOrEqualTo((1 << 20) / 8);
    }

    @Test
    void limits_followTheRequestSizeAndTheMemory() {
        assertThat(BatchLimits.of(16_384, true, 1 << 20, 32 << 20).maxBytes()).isEqualTo(16_384);
        assertThat(BatchLimits.of(16_384, false, 1 << 20, 32 << 20).maxBytes()).isEqualTo(1 << 20);
        assertThat(BatchLimits.of(16_384, false, 1 << 20, 1 << 20).maxBytes()).isEqualTo(1 << 17);
        assertThat(BatchLimits.of(16_384, false, 1_000, 32 << 20).maxBytes()).isEqualTo(16_384);
        assertThat(BatchLimits.of(0, true, 1 << 20, 32 << 20).maxBytes()).isEqualTo(1);
    }

    @Test
    void asksBeforeANewBatch_onlyWhenOneWouldBeOpened() {
        PartitionQueue queue = Batches.queue(Batches.accumulator(pool, 100, true));
        byte[] value = new byte[10];
        assertThat(queue.append(
                        new RecordPromise(0, -1, 10, null), KeyValue.of(null, value), HeaderSource.NONE, null, true))
                .isEqualTo(AppendOutcome.NEEDS_NEW_BATCH);
        assertThat(queue.isEmpty()).isTrue();
        Batches.append(queue, Batches.value(value));
        assertThat(queue.append(
                        new RecordPromise(0, -1, 10, null), KeyValue.of(null, value), HeaderSource.NONE, null, true))
                .isEqualTo(AppendOutcome.APPENDED);
    }

    @Test
    void needsMemory_changesNothing_andAGrantHelps() {
        RecordAccumulator accumulator = Batches.accumulator(pool, 1 << 19, true);
        PartitionQueue queue = Batches.queue(accumulator);
        Page[] all = new Page[(int) (pool.capacityBytes() / pool.pageBytes())];
        pool.tryTake(all, 0, all.length);
        Item item = Batches.value(new byte[6_000]);
        assertThat(Batches.append(queue, item)).isEqualTo(AppendOutcome.NEEDS_MEMORY);
        assertThat(queue.isEmpty()).isTrue();
        PageRequest request = new PageRequest(pool, 3) {
            @Override
            protected void onGranted() {}
        };
        pool.takeOrWait(request);
        pool.giveBack(all, 0, 3);
        assertThat(queue.append(Batches.promise(item), KeyValue.of(null, item.value()), item, request, false))
                .isEqualTo(AppendOutcome.APPENDED);
        request.giveBackRest();
        assertThat(pool.availableBytes()).as("two of three were used").isEqualTo(pool.pageBytes());
    }

    @Test
    void listener_isCalledOnlyForWhatWasAskedFor() {
        PartitionQueue queue = listening(Batches.accumulator(pool, 200, true));
        Item item = Batches.value(new byte[50]);
        Batches.append(queue, item);
        Batches.append(queue, item);
        assertThat(signals).as("the first record of an idle queue").isEqualTo(1);
        assertThat(queue.examine(100, 1_000)).isEqualTo(1_000);
        Batches.append(queue, item);
        assertThat(signals).as("full: the next one opens a batch").isEqualTo(2);
        for (int i = 0; i < 10; i++) {
            Batches.append(queue, item);
        }
        assertThat(signals).as("the loop knows").isEqualTo(2);
        assertThat(queue.examine(100, 1_000)).as("due now").isEqualTo(100);
        while (queue.poll() != null) {}
        assertThat(queue.examine(100, 1_000)).isEqualTo(PartitionQueue.NEVER);
        Batches.append(queue, item);
        assertThat(signals).isEqualTo(3);
        assertThat(queue.examine(5_000, 1_000)).as("linger is over").isEqualTo(1_000);
        Batches.append(queue, item);
        assertThat(signals).isEqualTo(3);
    }

    @Test
    void queuedBatches_countsWhatWaits_andIsZeroAgainAfterwards() {
        // Prevents: headers taken off that were never added, so that a busy partition soon counts as emptier than
        // empty.
        PartitionQueue queue = Batches.queue(Batches.accumulator(pool, 200, true));
        for (int round = 0; round < 50; round++) {
            for (int i = 0; i < 6; i++) {
                Batches.append(queue, Batches.value(new byte[50]));
            }
            assertThat(queue.queuedBatches()).as("round %s", round).isEqualTo(2);
            for (ProducerBatch batch = queue.poll(); batch != null; batch = queue.poll()) {
                batch.release();
            }
            assertThat(queue.queuedBatches()).isZero();
        }
    }

    @Test
    void close_waitsForTheAppendUnderWay_andRefusesLaterOnes() throws Exception {
        // Prevents: a record whose signal reaches the loop after the last one that the loop waits for.
        RecordAccumulator accumulator = Batches.accumulator(pool, 200, true);
        CountDownLatch inSignal = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        PartitionQueue queue = accumulator
                .topic("t", (topic, made) -> () -> {
                    inSignal.countDown();
                    try {
                        goOn.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                })
                .queue(3);
        Item item = Batches.value(new byte[5]);
        Thread appender = new Thread(() -> Batches.append(queue, item));
        appender.start();
        assertThat(inSignal.await(60, TimeUnit.SECONDS)).isTrue();
        Thread closer = new Thread(accumulator::close);
        closer.start();
        while (closer.getState() != Thread.State.BLOCKED) {
            assertThat(closer.isAlive())
                    .as("close() has returned under an append")
                    .isTrue();
            Thread.onSpinWait();
        }
        goOn.countDown();
        closer.join();
        appender.join();
        assertThat(Batches.append(queue, item)).isEqualTo(AppendOutcome.CLOSED);
        assertThat(queue.batchCount()).isEqualTo(1);
    }

    @Test
    void thousandPartitions_withLargeBatchesAndOneRecordEach_holdAboutAThousandPages() {
        // Invariant 4: memory follows the records, not batch.size times the partitions.
        PagePool large = new PagePool(32 << 20);
        TopicQueues topic = Batches.accumulator(large, 1 << 20, true).topic("t", (t, queue) -> () -> {});
        for (int partition = 0; partition < 1_000; partition++) {
            assertThat(Batches.append(topic.queue(partition), Batches.value(new byte[100])))
                    .isEqualTo(AppendOutcome.APPENDED);
        }
        long heldPages = (large.capacityBytes() - large.availableBytes()) / large.pageBytes();
        assertThat(heldPages).isEqualTo(1_000);
    }

    @Test
    void moreThanTwentyThousandPartitions_withOneRecordEach_findRoomInTheDefaultMemory() {
        // Prevents: with 10,000 partitions in turn, batches that leave with a record each as there is no room for more
        // of them.
        PagePool large = new PagePool(30 << 20);
        TopicQueues topic = Batches.accumulator(large, 16_384, false).topic("t", (t, queue) -> () -> {});
        int partitions = 0;
        while (Batches.append(topic.queue(partitions), Batches.value(new byte[100])) == AppendOutcome.APPENDED) {
            partitions++;
        }
        assertThat(partitions).isEqualTo(1_921 + 4 * 5_759);
        assertThat(large.availableBytes()).isZero();
        for (int partition = 0; partition < partitions; partition++) {
            topic.queue(partition).poll().release();
        }
        assertThat(large.availableBytes()).isEqualTo(large.capacityBytes());
    }

    @Test
    void queues_ofOneTopic_madeByManyThreads_areOneForEachPartition() throws Exception {
        TopicQueues topic = Batches.accumulator(pool, 200, true).topic("t", (t, queue) -> () -> {});
        List<List<PartitionQueue>> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            List<PartitionQueue> mine = new ArrayList<>();
            seen.add(mine);
            Thread thread = new Thread(() -> {
                for (int partition = 0; partition < 500; partition++) {
                    mine.add(topic.queue(partition));
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(seen).allMatch(seen.get(0)::equals);
        assertThat(topic.queueIfUsed(499)).isSameAs(seen.get(0).get(499));
        assertThat(topic.queueIfUsed(5_000)).isNull();
    }
}
