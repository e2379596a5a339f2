package io.penstock.internal.sender;

import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.BatchSealer;
import io.penstock.internal.accumulator.ProducerBatch;
import io.penstock.internal.completion.BatchResult;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.internal.metrics.SentBatch;
import io.penstock.internal.metrics.StageTimes;
import io.penstock.wire.Segments;
import io.penstock.wire.record.BatchHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A sealed batch on its way: its identity, its attempts, and at last its result.
 *
 * <p>Loop only, but for {@link #run}. Stays with its partition's lane from the first attempt until it is done and all before it are.
 */
public final class OutboundBatch implements SentBatch, Runnable {

    /** Where a batch can be. */
    enum State {
        /** Sealed, or waiting for another attempt. */
        WAITING,
        IN_FLIGHT,
        /** Has its result; perhaps not yet told, as one before it has none. */
        DONE
    }

    private final PartitionLane lane;
    private final ProducerBatch batch;
    private State state = State.WAITING;
    private ProducerIdentity identity;
    private int sequence;
    private int failures;
    private boolean maybeWritten;
    private boolean sentAsOldest;
    private boolean afterHole;
    private int doubts;
    private @Nullable BatchResult result;
    private @Nullable KafkaException lastCause;
    private boolean stamped;
    private int nodeId = -1;
    private int logNumber;

    private long sentNanos;
    private long handedOverNanos;

    /** The one that left after it, while both are outstanding. */
    @Nullable
    OutboundBatch next;

    OutboundBatch(PartitionLane lane, ProducerBatch batch, ProducerIdentity identity, int sequence) {
        this.lane = lane;
        this.batch = batch;
        this.identity = identity;
        this.sequence = sequence;
    }

    @Override
    public String topic() {
        return lane.topic();
    }

    /** The id that its topic had when it was last in view; null for none. */
    public @Nullable UUID topicId() {
        return lane.topicId();
    }

    public int partition() {
        return lane.partition();
    }

    /** The bytes to send; valid until the batch's outcome is reported. */
    public Segments bytes() {
        return BatchSealer.bytes(batch);
    }

    /** Puts the bytes at the buffer's position. */
    public void copyTo(ByteBuffer target) {
        BatchSealer.copy(batch, target);
    }

    /** Adds views of the bytes, as they lie in the pages; valid as {@link #bytes}. */
    public void addTo(List<ByteBuffer> pieces) {
        BatchSealer.addTo(batch, pieces);
    }

    @Override
    public int sizeBytes() {
        return batch.sizeBytes();
    }

    @Override
    public int recordCount() {
        return batch.recordCount();
    }

    @Override
    public int rawSizeBytes() {
        return batch.rawSizeBytes();
    }

    @Override
    public int headerBytes() {
        return BatchHeader.SIZE_BYTES;
    }

    @Override
    public int largestRecordBytes() {
        return batch.largestRecordBytes();
    }

    @Override
    public long queueNanos(long nowNanos) {
        return nowNanos - batch.createdNanos();
    }

    PartitionLane lane() {
        return lane;
    }

    ProducerBatch batch() {
        return batch;
    }

    State state() {
        return state;
    }

    boolean isDone() {
        return state == State.DONE;
    }

    boolean isWaiting() {
        return state == State.WAITING;
    }

    /**
     * One more attempt leaves for a broker; the pages are held for it besides for the result.
     *
     * @param asOldest whether everything before it had its result already
     */
    void onSent(int toNodeId, boolean asOldest, long nowNanos) {
        sentNanos = nowNanos;
        state = State.IN_FLIGHT;
        nodeId = toNodeId;
        sentAsOldest = asOldest;
        batch.hold();
    }

    /** The attempt has ended, one way or another; nothing of the network reads the pages any more. */
    void onAttemptEnded(StageTimes stages, long nowNanos) {
        stages.onAttemptEnded(nowNanos - sentNanos, recordCount(), nowNanos);
        batch.release();
    }

    /** The attempt came to nothing and another one may follow. */
    void onAttemptFailed(@Nullable KafkaException cause) {
        failures++;
        lastCause = cause;
        if (state == State.IN_FLIGHT) {
            state = State.WAITING;
        }
    }

    void onDone(BatchResult how) {
        state = State.DONE;
        result = how;
    }

    /** Its result goes to the callback thread, which reads when that was. */
    void onHandedOver(long nowNanos) {
        handedOverNanos = nowNanos;
    }

    /** All its records have been told. Callback thread. */
    @Override
    public void run() {
        lane.onTold(batch, handedOverNanos);
    }

    BatchResult result() {
        BatchResult known = result;
        if (known == null) {
            throw new IllegalStateException("Batch of " + lane + " has no result in state " + state);
        }
        return known;
    }

    ProducerIdentity identity() {
        return identity;
    }

    int sequence() {
        return sequence;
    }

    /** Moves it to another identity: it was not written under the one it had. */
    void restamp(ProducerIdentity newIdentity, int newSequence) {
        stamped = false;
        identity = newIdentity;
        sequence = newSequence;
        maybeWritten = false;
        afterHole = false;
        doubts = 0;
    }

    /** Makes the header and the CRC say what {@link #identity} and {@link #sequence} say. */
    void stamp() {
        if (!stamped) {
            BatchSealer.stamp(batch, identity.producerId(), identity.epoch(), sequence);
            stamped = true;
        }
    }

    boolean isInFlight() {
        return state == State.IN_FLIGHT;
    }

    /** The broker of the last attempt, -1 before the first. */
    int nodeId() {
        return nodeId;
    }

    /** Which of the partition's logs, as far as they are told apart, the last attempt was meant for. */
    int logNumber() {
        return logNumber;
    }

    void logNumber(int number) {
        logNumber = number;
    }

    int failures() {
        return failures;
    }

    @Nullable
    KafkaException lastCause() {
        return lastCause;
    }

    /** Whether some attempt under the present identity may have been appended, or may yet be. */
    boolean maybeWritten() {
        return !afterHole && (maybeWritten || state == State.IN_FLIGHT);
    }

    void markMaybeWritten() {
        maybeWritten = true;
    }

    /** Whether the last attempt left when nothing before it was open, so that what a broker says of its sequence counts. */
    boolean wasSentAsOldest() {
        return sentAsOldest;
    }

    /** The batch before it was given up and certainly not written: under this identity no broker will ever take this one. */
    void markAfterHole() {
        afterHole = true;
    }

    /** A log that knows nothing of the producer takes it in spite of a hole. */
    void markTakeable() {
        afterHole = false;
    }

    /** How often its sequence was refused although it may have been written, this time included. */
    int countDoubt() {
        return ++doubts;
    }

    /** Takes over what is known of the larger batch that this is a part of. */
    void inherit(OutboundBatch whole) {
        maybeWritten = whole.maybeWritten;
        afterHole = whole.afterHole;
    }
}
