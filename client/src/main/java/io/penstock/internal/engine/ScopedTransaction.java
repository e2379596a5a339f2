package io.penstock.internal.engine;

import io.penstock.errors.InvalidProducerEpochException;
import io.penstock.errors.InvalidTxnStateException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.OutOfOrderSequenceException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.producer.Callback;
import io.penstock.producer.ConsumerGroupMetadata;
import io.penstock.producer.OffsetAndMetadata;
import io.penstock.producer.Producer;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.producer.TopicPartition;
import io.penstock.producer.TransactionScope;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Runs blocks as transactions of one producer: commits, or aborts, and leaves none open. The caller's thread. */
public final class ScopedTransaction<K, V> implements TransactionScope<K, V> {

    /** More causes of causes are not looked at. */
    private static final int MAX_CAUSES = 20;

    private final Producer<K, V> producer;
    private final Transactions transactions;

    public ScopedTransaction(Producer<K, V> producer, Transactions transactions) {
        this.producer = producer;
        this.transactions = transactions;
    }

    /** @param attempts how often the block may be run, 1 or more */
    public <T extends @Nullable Object, E extends Exception> T run(int attempts, Block<K, V, T, E> block) throws E {
        if (attempts < 1) {
            throw new IllegalArgumentException("A block is run at least once, not " + attempts + " times");
        }
        for (int attempt = 1; ; attempt++) {
            transactions.beginNext();
            try {
                T value = block.run(this);
                transactions.commit();
                return value;
            } catch (Throwable failure) {
                boolean aborted = transactions.abortAfter(failure);
                if (!aborted || attempt >= attempts || !mayDoBetter(failure)) {
                    throw failure;
                }
            }
        }
    }

    /**
     * Failures of the cluster may pass, also where a block has wrapped them, as {@code send(..).get()} does; an exception of the
     * block's own says that it does not want to.
     */
    private static boolean mayDoBetter(Throwable failure) {
        Throwable each = failure;
        for (int i = 0; each != null && i < MAX_CAUSES; i++) {
            if (each instanceof KafkaException cause && mayPass(cause)) {
                return true;
            }
            each = each.getCause();
        }
        return false;
    }

    /** Of what is not retriable as it stands, that which a new epoch or a new transaction is the answer to. */
    private static boolean mayPass(KafkaException cause) {
        return cause.isRetriable()
                || cause instanceof TransactionAbortableException
                || cause instanceof InvalidTxnStateException
                || cause instanceof InvalidProducerEpochException
                || cause instanceof OutOfOrderSequenceException;
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
