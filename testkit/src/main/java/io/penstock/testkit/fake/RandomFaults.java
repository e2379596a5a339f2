package io.penstock.testkit.fake;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Faults that are drawn from a seed for each request, until {@link #stop}.
 *
 * <p>The same requests in the same order, at the same times of the host's clock, meet the same faults: over a virtual network a
 * seed repeats a run, over sockets it repeats its character. Any thread may call.
 */
public final class RandomFaults {

    private static final int MAX_HISTORY = 10_000;

    private final ClusterModel model;
    private final FaultDraw draw;
    private final ClusterTrouble trouble;
    private final long seed;
    private final FaultRates rates;
    private final Map<RandomFault, Integer> counts = new EnumMap<>(RandomFault.class);
    private final Deque<String> history = new ArrayDeque<>();

    RandomFaults(FakeCluster cluster, ClusterModel model, long seed, FaultRates rates) {
        this.model = model;
        this.seed = seed;
        this.rates = rates;
        this.draw = new FaultDraw(seed, rates, model.lock());
        this.trouble = new ClusterTrouble(cluster, model, draw);
    }

    /**
     * No more faults; brokers that are away come back, and all partitions have leaders that Metadata tells of, as soon as the
     * host's next tasks have run. Delays that have begun end by themselves.
     */
    public void stop() {
        model.run(() -> model.faults().random(null));
        trouble.heal();
    }

    /** How often each fault has happened. */
    public Map<RandomFault, Integer> counts() {
        return model.locked(() -> Map.copyOf(counts));
    }

    /** The last 10,000 that happened and to what, oldest first. */
    public List<String> history() {
        return model.locked(() -> List.copyOf(history));
    }

    /** What this request meets, besides what may happen to the cluster around it. */
    List<Fault> meet(SeenRequest request) {
        RandomFault ofCluster = draw.draw(false);
        if (ofCluster != null && trouble.make(ofCluster, request)) {
            count(ofCluster, request);
        }
        RandomFault ofRequest = draw.draw(true);
        Fault fault = ofRequest == null ? null : met(ofRequest, request);
        return fault == null ? List.of() : List.of(fault);
    }

    private @Nullable Fault met(RandomFault drawn, SeenRequest request) {
        Fault fault = draw.fault(drawn, request);
        if (fault == null || !fault.meets(request)) {
            return null;
        }
        count(drawn, request);
        return fault;
    }

    private void count(RandomFault fault, SeenRequest request) {
        counts.merge(fault, 1, Integer::sum);
        if (history.size() == MAX_HISTORY) {
            history.removeFirst();
        }
        List<String> partitions = new ArrayList<>();
        request.batches().forEach(batch -> partitions.add(batch.topic() + "-" + batch.partition()));
        history.addLast(fault + " at " + request.apiKey().label() + " " + request.correlationId() + " to broker "
                + request.brokerId() + " " + partitions);
    }

    @Override
    public String toString() {
        return "seed " + seed + ", " + rates;
    }
}
