package io.penstock.internal.exchange;

import io.penstock.internal.exchange.ProduceFrame.TopicBatches;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.wire.WireReader;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * An answer to a produce request in which every batch was written, read straight from its bytes: the message that is generated from
 * Kafka's schema makes nine objects and more for it. Any other answer is left to that message.
 *
 * <p>Loop only; one for all requests, as an answer is dealt with before the next one is read. Holds as much as the largest had.
 */
final class PlainAnswer {

    private static final short LOG_START_VERSION = 5;
    private static final short RECORD_ERRORS_VERSION = 8;
    private static final short FLEXIBLE_VERSION = 9;
    private static final short TOPIC_ID_VERSION = 13;

    private long[] baseOffsets = new long[1];
    private long[] appendTimes = new long[1];
    private int throttleMillis;

    /**
     * Whether the body says, of exactly these batches in their order, that they were written, and nothing else. The reader is where it
     * was if not.
     */
    boolean reads(WireReader body, short version, List<TopicBatches> topics, List<OutboundBatch> batches) {
        if (baseOffsets.length < batches.size()) {
            baseOffsets = Arrays.copyOf(baseOffsets, batches.size());
            appendTimes = Arrays.copyOf(appendTimes, batches.size());
        }
        int start = body.position();
        if (allWritten(body, version, topics, batches)) {
            return true;
        }
        body.returnTo(start);
        return false;
    }

    long baseOffset(int place) {
        return baseOffsets[place];
    }

    long appendTime(int place) {
        return appendTimes[place];
    }

    int throttleMillis() {
        return throttleMillis;
    }

    private boolean allWritten(WireReader body, short version, List<TopicBatches> topics, List<OutboundBatch> batches) {
        boolean flexible = version >= FLEXIBLE_VERSION;
        if (body.readArrayLength(flexible, 1) != topics.size()) {
            return false;
        }
        for (int i = 0; i < topics.size(); i++) {
            TopicBatches topic = topics.get(i);
            if (!isOf(topic, body, version) || body.readArrayLength(flexible, 1) != topic.to() - topic.from()) {
                return false;
            }
            for (int place = topic.from(); place < topic.to(); place++) {
                if (body.readInt() != batches.get(place).partition() || !isWritten(place, body, version)) {
                    return false;
                }
            }
            if (flexible && body.readTagCount() != 0) {
                return false;
            }
        }
        throttleMillis = body.readInt();
        return !flexible || body.readTagCount() == 0;
    }

    private static boolean isOf(TopicBatches topic, WireReader body, short version) {
        if (version < TOPIC_ID_VERSION) {
            return body.readString(version >= FLEXIBLE_VERSION).equals(topic.name());
        }
        long high = body.readLong();
        long low = body.readLong();
        UUID id = topic.id();
        return id != null && id.getMostSignificantBits() == high && id.getLeastSignificantBits() == low;
    }

    private boolean isWritten(int place, WireReader body, short version) {
        boolean flexible = version >= FLEXIBLE_VERSION;
        if (body.readShort() != 0) {
            return false;
        }
        baseOffsets[place] = body.readLong();
        appendTimes[place] = body.readLong();
        if (version >= LOG_START_VERSION) {
            body.readLong();
        }
        if (version >= RECORD_ERRORS_VERSION
                && (body.readArrayLength(flexible, 1) != 0 || body.readNullableString(flexible) != null)) {
            return false;
        }
        return !flexible || body.readTagCount() == 0;
    }
}
