package io.penstock.testkit.fake;

import io.penstock.wire.record.BatchFields;
import io.penstock.wire.record.BatchHeader;
import java.nio.ByteBuffer;

/**
 * The batches that brokers write to end a transaction: one record that says how.
 *
 * <pre>
 *   header, transactional and control      61
 *   record   length, attributes, two deltas     varint 16, 0, 0, 0
 *            key    length, version, type       varint 4, int16 0, int16 0 to abort and 1 to commit
 *            value  length, version, epoch      varint 6, int16 0, int32 coordinator epoch
 *            header count                       varint 0
 * </pre>
 */
final class ControlBatches {

    static final short ABORT = 0;
    static final short COMMIT = 1;

    private static final int RECORD_BYTES = 17;
    private static final int TYPE_AT = BatchHeader.SIZE_BYTES + 7;

    private ControlBatches() {}

    static ByteBuffer marker(Transaction.Identity producer, boolean commit, long timestamp) {
        ByteBuffer batch = ByteBuffer.allocate(BatchHeader.SIZE_BYTES + RECORD_BYTES);
        short attributes = (short) (BatchHeader.TRANSACTIONAL_BIT | BatchHeader.CONTROL_BIT);
        BatchFields fields = BatchFields.ofProducer(batch.capacity(), attributes, 1, timestamp, timestamp)
                .withProducer(producer.producerId(), producer.epoch(), -1);
        BatchHeader.write(batch, 0, fields);
        batch.position(BatchHeader.SIZE_BYTES);
        batch.put(zigzag(RECORD_BYTES - 1)).put((byte) 0).put((byte) 0).put((byte) 0);
        batch.put(zigzag(4)).putShort((short) 0).putShort(commit ? COMMIT : ABORT);
        batch.put(zigzag(6)).putShort((short) 0).putInt(0);
        batch.put((byte) 0).flip();
        BatchHeader.sealCrc(new ByteBuffer[] {batch}, 1);
        return batch;
    }

    /** Whether a marker of {@link #marker}'s form commits. */
    static boolean commits(StoredBatch marker) {
        return marker.bytes().getShort(TYPE_AT) == COMMIT;
    }

    private static byte zigzag(int small) {
        return (byte) (small * 2);
    }
}
