package io.penstock.internal.completion;

import io.penstock.errors.KafkaException;
import io.penstock.producer.Callback;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the promises of one finished batch, then gives its memory back.
 *
 * <p>Made by the loop, run once by the callback thread. For each record the future is completed before its callback is
 * called, records in append order. The memory goes back last: user code that is slower than the cluster so holds up
 * admission instead of filling the heap.
 */
public final class BatchCompletion implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(BatchCompletion.class);

    private final TopicPartition partition;
    private final PromiseList promises;
    private final BatchResult result;
    private final Runnable releaseMemory;

    public BatchCompletion(TopicPartition partition, PromiseList promises, BatchResult result, Runnable releaseMemory) {
        this.partition = partition;
        this.promises = promises;
        this.result = result;
        this.releaseMemory = releaseMemory;
    }

    PromiseList promises() {
        return promises;
    }

    @Override
    public void run() {
        try {
            int index = 0;
            for (RecordPromise promise = promises.takeLinked(); promise != null; index++) {
                RecordPromise next = promise.neighbour;
                promise.neighbour = null; // a future that its caller keeps must not keep its neighbours
                try {
                    complete(promise, index);
                } catch (
                        Throwable
                                e) { // out of memory or stack, perhaps; the records behind are owed theirs all the same
                    LOG.error("Record {} of a batch of {} could not be told its outcome", index, partition, e);
                }
                promise = next;
            }
        } finally {
            releaseMemory.run();
        }
    }

    private void complete(RecordPromise promise, int index) {
        if (result instanceof BatchResult.Written written) {
            long offset = written.baseOffset();
            long appendTime = written.logAppendTime();
            RecordMetadata metadata = new RecordMetadata(
                    partition,
                    offset,
                    offset < 0 ? -1 : index,
                    appendTime < 0 ? promise.timestamp() : appendTime,
                    promise.keySizeBytes(),
                    promise.valueSizeBytes());
            promise.complete(metadata);
            call(promise.callback(), metadata, null);
        } else {
            KafkaException cause = ((BatchResult.Failed) result).causeOf(index);
            promise.completeExceptionally(cause);
            call(promise.callback(), noOffset(partition, promise), cause);
        }
    }

    /** What a callback is given beside an exception, as in Kafka (KIP-286): the partition, and no offset. */
    static RecordMetadata noOffset(TopicPartition partition, RecordPromise promise) {
        return new RecordMetadata(partition, -1, -1, -1, -1, -1);
    }

    /** Calls a user's callback, if there is one, and goes on whatever it throws. */
    public static void call(@Nullable Callback callback, RecordMetadata metadata, @Nullable Exception exception) {
        if (callback == null) {
            return;
        }
        try {
            callback.onCompletion(metadata, exception);
        } catch (Throwable e) {
            LOG.error(
                    "A callback for {} threw and was passed over; the record itself was {}. Catch exceptions inside the callback.",
                    metadata.topic() + "-" + metadata.partition(),
                    exception == null ? "written" : "not acknowledged (" + exception.getMessage() + ")",
                    e);
        }
    }
}
