package io.penstock.testkit.sim;

import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.internal.completion.RecordPromise;
import io.penstock.producer.Callback;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Sends records by one producer in the ways there are, and has the history hear of each end. */
final class Sending {

    static final String ID_HEADER = "id";

    /** What a callback does besides telling the history. */
    interface Next {
        Next NOTHING = (record, failure) -> {};

        void onCallback(SimRecord record, @Nullable Exception failure);
    }

    private final boolean intercepts;
    private final Extras extras;
    private final Trace trace;
    private final History history;
    private final SimProducer producer;

    Sending(Parts parts, SimProducer producer) {
        this.intercepts = parts.plan().intercepts();
        this.extras = parts.plan().extras();
        this.trace = parts.trace();
        this.history = parts.history();
        this.producer = producer;
    }

    /** The future to cancel, perhaps; null when the call threw. */
    @Nullable
    CompletableFuture<RecordMetadata> async(SimRecord record) {
        try {
            DeliveryPromise delivery = producer.engine().admission().sendAsync(toSend(record));
            Ends.tell(delivery.admitted(), (nothing, failure) -> record.admitted = failure == null);
            record.taken = !delivery.delivered().isDone();
            Ends.tell(delivery.delivered(), (metadata, failure) -> history.onFuture(record, metadata, failure));
            return delivery.delivered();
        } catch (RuntimeException e) {
            history.thrown(record, e);
            return null;
        }
    }

    /**
     * The same by the call that may block.
     *
     * @param next null for a record without a callback
     */
    @Nullable
    CompletableFuture<RecordMetadata> blocking(SimRecord record, @Nullable Next next) {
        record.hasCallback = next != null;
        Callback callback = next == null
                ? null
                : (metadata, failure) -> {
                    history.onCallback(record, metadata, failure);
                    next.onCallback(record, failure);
                    extras.tell(record);
                };
        try {
            CompletableFuture<RecordMetadata> future =
                    producer.engine().admission().send(toSend(record), callback);
            record.taken = !future.isDone();
            record.admitted = future instanceof RecordPromise;
            Ends.tell(future, (metadata, failure) -> history.onFuture(record, metadata, failure));
            return future;
        } catch (RuntimeException e) {
            record.hasCallback = record.callbackCount > 0;
            history.thrown(record, e);
            return null;
        }
    }

    private ProducerRecord<byte[], byte[]> toSend(SimRecord record) {
        Integer partition = record.namedPartition < 0 ? null : record.namedPartition;
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(record.topic, partition, record.key, record.value);
        if (intercepts) {
            sent.headers()
                    .add(
                            ID_HEADER,
                            ByteBuffer.allocate(Integer.BYTES).putInt(record.id).array());
        }
        if (trace.isPrinted()) {
            trace.note(
                    "send record %d: %s-%d, %d bytes",
                    record.id, record.topic, record.namedPartition, record.value.length);
        }
        return sent;
    }
}
