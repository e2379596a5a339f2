package io.penstock.internal.completion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.KafkaException;
import io.penstock.producer.Callback;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BatchCompletionTest {

    private static final TopicPartition PARTITION = new TopicPartition("t", 4);

    private final PromiseList promises = new PromiseList();
    private final List<RecordPromise> all = new ArrayList<>();
    private final List<String> events = new ArrayList<>();

    private RecordPromise add(Callback callback) {
        RecordPromise promise = new RecordPromise(100 + all.size(), all.size(), -1, callback);
        promises.add(promise);
        all.add(promise);
        return promise;
    }

    private void complete(BatchResult result) {
        new BatchCompletion(PARTITION, promises, result, () -> events.add("memory")).run();
    }

    @Test
    void written_tellsEachItsOffset_futureBeforeCallback_inOrder_memoryLast() {
        for (int i = 0; i < 3; i++) {
            int number = i;
            RecordPromise[] own = new RecordPromise[1];
            own[0] = add((metadata, exception) -> {
                assertThat(own[0]).isCompletedWithValue(metadata);
                assertThat(exception).isNull();
                events.add("callback " + number + " at " + metadata.offset());
            });
            own[0].thenAccept(metadata -> events.add("future " + number));
        }
        complete(new BatchResult.Written(40, -1));
        assertThat(events)
                .containsExactly(
                        "future 0",
                        "callback 0 at 40",
                        "future 1",
                        "callback 1 at 41",
                        "future 2",
                        "callback 2 at 42",
                        "memory");
        RecordMetadata last = all.get(2).join();
        assertThat(last.topic()).isEqualTo("t");
        assertThat(last.partition()).isEqualTo(4);
        assertThat(last.timestamp()).as("its own, CREATE_TIME").isEqualTo(102);
        assertThat(last.serializedKeySize()).isEqualTo(2);
        assertThat(last.serializedValueSize()).isEqualTo(-1);
    }

    @Test
    void written_withLogAppendTime_orWithoutOffset_saysSo() {
        add(null);
        complete(new BatchResult.Written(-1, 777));
        RecordMetadata metadata = all.get(0).join();
        assertThat(metadata.timestamp()).isEqualTo(777);
        assertThat(metadata.hasOffset()).isFalse();
        assertThat(metadata.offset()).isEqualTo(-1);
    }

    @Test
    void failed_tellsTheCause_andASingleRecordItsOwn() {
        List<Exception> heard = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            add((metadata, exception) -> {
                assertThat(metadata.partition()).isEqualTo(4);
                assertThat(metadata.offset()).isEqualTo(-1);
                heard.add(exception);
            });
        }
        KafkaException common = new KafkaException("all");
        KafkaException own = new KafkaException("second");
        complete(new BatchResult.Failed(common, Map.of(1, own)));
        assertThat(heard).containsExactly(common, own, common);
        assertThatThrownBy(() -> all.get(1).join()).hasCause(own);
    }

    @Test
    void throwingCallbacksAndDependents_holdUpNobody_andTheMemoryComesBackLast() {
        for (int i = 0; i < 4; i++) {
            int number = i;
            RecordPromise promise = add((metadata, exception) -> {
                events.add("callback " + number);
                if (number % 2 == 0) {
                    throw new IllegalStateException("user's");
                }
                throw new OutOfMemoryError("user's");
            });
            promise.thenRun(() -> {
                throw new StackOverflowError("user's");
            });
        }
        complete(new BatchResult.Written(0, -1));
        assertThat(events).containsExactly("callback 0", "callback 1", "callback 2", "callback 3", "memory");
        assertThat(all).allMatch(RecordPromise::isDone);
    }

    @Test
    void futureThatItsCallerCancelled_stillHasItsCallbackCalled() {
        RecordPromise promise = add((metadata, exception) -> events.add("callback at " + metadata.offset()));
        promise.cancel(true);
        complete(new BatchResult.Written(5, -1));
        assertThat(events).containsExactly("callback at 5", "memory");
        assertThat(promise).isCancelled();
    }

    @Test
    void futuresThatCallersKeep_doNotKeepTheirNeighbours() {
        // Prevents: one kept future keeps all of its batch's, callbacks and what they capture included.
        add(null);
        add(null);
        complete(new BatchResult.Written(0, -1));
        assertThat(all).allMatch(promise -> promise.neighbour == null);
    }

    @Test
    void refuse_completesFutureAndCallback_atOnce() {
        KafkaException cause = new KafkaException("no room");
        RecordPromise promise =
                new RecordPromise(0, -1, -1, (metadata, exception) -> events.add(exception.getMessage()));
        promise.refuse(BatchCompletion.noOffset(PARTITION, promise), cause);
        assertThat(promise).isCompletedExceptionally();
        assertThat(events).containsExactly("no room");
    }

    @Test
    void promiseList_givesThemBackInOrder_unlinked() {
        for (int count : new int[] {1, PromiseList.TURNED_COUNT, PromiseList.TURNED_COUNT + 1, 1_000}) {
            PromiseList list = new PromiseList();
            List<RecordPromise> added = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                added.add(new RecordPromise(i, -1, -1, null));
                list.add(added.get(i));
            }
            assertThat(list.count()).isEqualTo(count);
            assertThat(list.takeAll()).isEqualTo(added);
            assertThat(added).allMatch(promise -> promise.neighbour == null);
            assertThat(list.takeLinked()).as("none is told twice").isNull();
        }
    }

    @Test
    void turnTogether_listsOfAnyLengths_giveTheirPromisesInOrder() {
        PromiseList[] lists = new PromiseList[5];
        List<List<RecordPromise>> added = new ArrayList<>();
        for (int i = 0; i < 4; i++) { // and a place without one: work that is no batch
            lists[i] = new PromiseList();
            added.add(new ArrayList<>());
            for (int n = 0; n < new int[] {3, 0, PromiseList.TURNED_COUNT + 5, 1}[i]; n++) {
                added.get(i).add(new RecordPromise(n, -1, -1, null));
                lists[i].add(added.get(i).get(n));
            }
        }
        PromiseList.turnTogether(lists, lists.length);
        for (int i = 0; i < 4; i++) {
            assertThat(lists[i].takeAll()).isEqualTo(added.get(i));
        }
    }

    @Test
    void written_withMoreThanAreTurned_tellsInOrder() {
        int count = PromiseList.TURNED_COUNT + 3;
        for (int i = 0; i < count; i++) {
            add((metadata, exception) -> events.add(String.valueOf(metadata.offset())));
        }
        complete(new BatchResult.Written(0, -1));
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            expected.add(String.valueOf(i));
        }
        expected.add("memory");
        assertThat(events).isEqualTo(expected);
    }
}
