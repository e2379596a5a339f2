package io.penstock.internal.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The time that calls have spent in each transactional method. Any thread. */
public final class TransactionTimes {

    /** The methods, by the names that Kafka's metrics give them. */
    public enum Call {
        INIT("init"),
        BEGIN("begin"),
        SEND_OFFSETS("send-offsets"),
        PREPARE("prepare"),
        COMMIT("commit"),
        ABORT("abort");

        private final String label;

        Call(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    private final Map<Call, LongAdder> nanos = new EnumMap<>(Call.class);

    TransactionTimes() {
        for (Call call : Call.values()) {
            nanos.put(call, new LongAdder());
        }
    }

    public void add(Call call, long took) {
        adder(call).add(took);
    }

    public long nanos(Call call) {
        return adder(call).sum();
    }

    private LongAdder adder(Call call) {
        LongAdder adder = nanos.get(call);
        if (adder == null) {
            throw new IllegalArgumentException(call.label());
        }
        return adder;
    }
}
