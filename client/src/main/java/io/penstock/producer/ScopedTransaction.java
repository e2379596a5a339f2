package io.penstock.producer;

import io.penstock.errors.KafkaException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs blocks as transactions of one producer: commits, or aborts, and leaves none open. The caller's thread. */
final class ScopedTransaction<K, V> implements TransactionScope<K, V> {

    private final Producer<K, V> producer;

    ScopedTransaction(Producer<K, V> producer) {
        this.producer = producer;
    }

    /** @param attempts how often the block may be run, 1 or more */
    <T extends @Nullable Object, E extends Exception> T run(int attempts, Block<K, V, T, E> block) throws E {
        if (attempts < 1) {
            throw new IllegalArgumentException("A block is run at least once, not " + attempts + " times");
        }
        for (int attempt = 1; ; attempt++) {
            producer.beginTransaction();
            try {
                T value = block.run(this);
                producer.commitTransaction();
                return value;
            } catch (Throwable failure) {
                boolean aborted = abort(failure);
                if (!aborted || attempt >= attempts || !mayDoBetter(failure)) {
                    throw failure;
                }
            }
        }
    }

    /** Whether the transaction has certainly not been committed and the producer is fit for the next one. */
    private boolean abort(Throwable failure) {
        try {
            producer.abortTransaction();
            return true;
        } catch (RuntimeException e) { // the producer has failed for good, or its commit is still under way
            if (e != failure) {
                failure.addSuppressed(e);
            }
            return false;
        }
    }

    /** The block's own exceptions say that it does not want to; failures of the cluster may pass. */
    private static boolean mayDoBetter(Throwable failure) {
        return failure instanceof KafkaException cause
                && (cause.isRetriable() || cause.abortsTransaction() || causedByRetriable(cause));
    }

    private static boolean causedByRetriable(KafkaException failure) {
        return failure.getCause() instanceof KafkaException cause && (cause.isRetriable() || cause.abortsTransaction());
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record) {
        return producer.send(record);
    }

    @Override
    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        return producer.send(record, callback);
    }

    @Override
    public void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        producer.sendOffsetsToTransaction(offsets, groupMetadata);
    }
}
