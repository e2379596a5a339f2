package io.penstock.internal.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the producer counts of its connections. The loop writes, any thread reads. */
public final class NetworkMetrics {

    /** Far more than clusters have; nodes beyond it are counted among all only. */
    static final int MAX_NODES = 10_000;

    private static final VarHandle IN_FLIGHT;

    static {
        try {
            IN_FLIGHT = MethodHandles.lookup().findVarHandle(NetworkMetrics.class, "requestsInFlight", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final SampleWindows windows;
    private final TrafficMetrics all;
    private final TrafficMetrics unlisted;
    private final Measure connectionsMade;
    private final Measure connectionsClosed;
    private final Measure waitNanos;
    private final Measure ioNanos;
    private final AuthenticationMetrics authentication;

    /** One for each node ever connected to, up to {@link #MAX_NODES}; the loop adds. */
    private final Map<Integer, TrafficMetrics> nodes = new ConcurrentHashMap<>();

    private int requestsInFlight;
    private Runnable newNode = () -> {};

    public NetworkMetrics(SampleWindows windows) {
        this.windows = windows;
        all = new TrafficMetrics(windows);
        unlisted = new TrafficMetrics(windows);
        connectionsMade = new Measure(windows);
        connectionsClosed = new Measure(windows);
        waitNanos = new Measure(windows);
        ioNanos = new Measure(windows);
        authentication = new AuthenticationMetrics(windows);
    }

    /** What to run, on the loop, when there is a node more. Set before the loop starts. */
    public void onNewNode(Runnable action) {
        newNode = action;
    }

    /** The node's own, made when it is first asked for. Loop only. */
    public TrafficMetrics node(int nodeId) {
        TrafficMetrics known = nodes.get(nodeId);
        if (known != null) {
            return known;
        }
        if (nodes.size() >= MAX_NODES) {
            return unlisted;
        }
        TrafficMetrics made = new TrafficMetrics(windows);
        nodes.put(nodeId, made);
        newNode.run();
        return made;
    }

    /** A request was sent (1) or has ended (-1). */
    public void onInFlight(int change) {
        IN_FLIGHT.setOpaque(this, requestsInFlight + change);
    }

    public int requestsInFlight() {
        return (int) IN_FLIGHT.getOpaque(this);
    }

    public TrafficMetrics all() {
        return all;
    }

    public Measure connectionsMade() {
        return connectionsMade;
    }

    public Measure connectionsClosed() {
        return connectionsClosed;
    }

    /** The time in which the loop waited for I/O, one event for each look. */
    public Measure waitNanos() {
        return waitNanos;
    }

    /** The time in which the loop handled I/O, one event for each look. */
    public Measure ioNanos() {
        return ioNanos;
    }

    public AuthenticationMetrics authentication() {
        return authentication;
    }

    /** By node id; grows while it is looked at. */
    public Map<Integer, TrafficMetrics> nodes() {
        return nodes;
    }
}
