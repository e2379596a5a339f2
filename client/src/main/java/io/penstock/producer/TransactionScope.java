package io.penstock.producer;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What may be done inside {@link KafkaProducer#inTransaction}. Any thread, until the block returns: whoever sends later meets an
 * {@link IllegalStateException}, unless the next transaction is open by then.
 */
public interface TransactionScope<K, V> {

    /** As {@link Producer#send(ProducerRecord)}, as part of the transaction. */
    CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record);

    /** As {@link Producer#send(ProducerRecord, Callback)}, as part of the transaction. */
    CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback);

    /** As {@link Producer#sendOffsetsToTransaction}. */
    void sendOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata);

    /**
     * The block of a transaction.
     *
     * @param <T> what it returns
     * @param <E> what it throws beside unchecked exceptions
     */
    @FunctionalInterface
    interface Block<K, V, T extends @Nullable Object, E extends Exception> {
        T run(TransactionScope<K, V> transaction) throws E;
    }

    /** A block that returns nothing. */
    @FunctionalInterface
    interface VoidBlock<K, V, E extends Exception> {
        void run(TransactionScope<K, V> transaction) throws E;
    }
}
