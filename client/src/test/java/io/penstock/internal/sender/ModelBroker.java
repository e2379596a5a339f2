package io.penstock.internal.sender;

import io.penstock.internal.identity.SequenceCounter;
import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.wire.ErrorCode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition's log and producer state, by the rules of Kafka's {@code ProducerStateManager}: the doubles of a
 * producer's last five batches are recognised, older epochs fenced, a new epoch starts at 0, and a producer of which
 * nothing is known may start anywhere (brokers before 2.5: at 0 only).
 */
final class ModelBroker {

    private static final int REMEMBERED_BATCHES = 5;

    record Answer(ErrorCode error, long offset) {}

    private record Remembered(int first, int last, long offset) {}

    private static final class State {
        short epoch;
        final ArrayDeque<Remembered> batches = new ArrayDeque<>();
    }

    private final boolean startsAtZero;
    private final Map<Long, State> producers = new HashMap<>();
    final List<Integer> log = new ArrayList<>();

    ModelBroker(boolean startsAtZero) {
        this.startsAtZero = startsAtZero;
    }

    Answer apply(Attempt batch) {
        if (batch.producerId() < 0) {
            return append(batch);
        }
        int first = batch.sequence();
        int last = SequenceCounter.plus(first, batch.ids().size() - 1);
        State state = producers.get(batch.producerId());
        if (state == null) {
            if (startsAtZero && first != 0) {
                return new Answer(ErrorCode.UNKNOWN_PRODUCER_ID, -1);
            }
            state = new State();
            state.epoch = batch.epoch();
            producers.put(batch.producerId(), state);
        } else if (batch.epoch() < state.epoch) {
            return new Answer(ErrorCode.INVALID_PRODUCER_EPOCH, -1);
        } else if (batch.epoch() > state.epoch) {
            if (first != 0) {
                return new Answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
            }
            state.epoch = batch.epoch();
            state.batches.clear();
        } else {
            for (Remembered each : state.batches) {
                if (each.first() == first && each.last() == last) {
                    return new Answer(ErrorCode.NONE, each.offset());
                }
            }
            if (first != SequenceCounter.plus(state.batches.getLast().last(), 1)) {
                return new Answer(ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER, -1);
            }
        }
        Answer written = append(batch);
        state.batches.addLast(new Remembered(first, last, written.offset()));
        if (state.batches.size() > REMEMBERED_BATCHES) {
            state.batches.removeFirst();
        }
        return written;
    }

    private Answer append(Attempt batch) {
        long offset = log.size();
        log.addAll(batch.ids());
        return new Answer(ErrorCode.NONE, offset);
    }
}
