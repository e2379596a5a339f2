package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import java.util.concurrent.TimeUnit;

/**
 * One request, from the broker that got it: what handlers need besides the message.
 *
 * <p>Lives under the cluster's lock, for as long as the request takes.
 */
final class RequestContext {

    private final ClusterModel cluster;
    private final FakeBroker broker;
    private final SeenRequest seen;
    private final FaultPlan faults;
    private final SaslSession sasl;
    private long quotaNanos;
    private boolean mustClose;
    private boolean closesAfterAnswer;

    RequestContext(ClusterModel cluster, FakeBroker broker, SeenRequest seen, FaultPlan faults, SaslSession sasl) {
        this.cluster = cluster;
        this.broker = broker;
        this.seen = seen;
        this.faults = faults;
        this.sasl = sasl;
    }

    ClusterModel cluster() {
        return cluster;
    }

    FakeBroker broker() {
        return broker;
    }

    SeenRequest seen() {
        return seen;
    }

    short version() {
        return seen.version();
    }

    FaultPlan faults() {
        return faults;
    }

    /** What the broker says of the cluster, late or not. */
    MetadataImage image() {
        return cluster.image(broker);
    }

    /** NOT_COORDINATOR when another broker than this one coordinates the key. */
    ErrorCode judgeCoordinator(byte type, String key) {
        FakeBroker coordinator = cluster.coordinators().of(type, key);
        return coordinator == broker ? ErrorCode.NONE : ErrorCode.NOT_COORDINATOR;
    }

    /** There is no way to answer, so the connection has to say that something is wrong. */
    void closeConnection() {
        mustClose = true;
    }

    boolean mustClose() {
        return mustClose;
    }

    /** The client is so far over its quota. */
    void quotaNanos(long nanos) {
        quotaNanos = nanos;
    }

    /** What the answer says of throttling, in milliseconds. */
    int throttleMs() {
        return Math.max(faults.throttleMs(), (int) TimeUnit.NANOSECONDS.toMillis(quotaNanos));
    }

    /** For how long the connection is not read from after the answer. */
    long silenceNanos() {
        return Math.max(faults.silenceNanos(), quotaNanos);
    }

    /** The client gets its answer, and no other one on this connection. */
    void closeAfterAnswer() {
        closesAfterAnswer = true;
    }

    boolean closesAfterAnswer() {
        return closesAfterAnswer;
    }

    /** The connection's authentication. */
    SaslSession sasl() {
        return sasl;
    }
}
