package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Says which requests go wrong, then how: {@code cluster.fault(PRODUCE).partition("t", 0).times(2).dropAfter()}.
 *
 * <p>Without a word on it, a fault is for one request, to any broker. Faults in force are tried in the order in which they
 * were made, and one request may meet several, for instance a delay and an error. Errors of Produce go to the partitions
 * that the fault names, the others are served; all other faults concern the whole request.
 */
public final class FaultScript {

    private final FaultBook book;
    private final ApiKey apiKey;
    private int brokerId = -1;
    private @Nullable String topic;
    private int partition = -1;
    private int skipCount;
    private int count = 1;

    FaultScript(FaultBook book, ApiKey apiKey) {
        this.book = book;
        this.apiKey = apiKey;
    }

    /** Only requests to this broker. */
    public FaultScript broker(int id) {
        brokerId = id;
        return this;
    }

    /** Only requests that name this topic. */
    public FaultScript topic(String name) {
        topic = name;
        return this;
    }

    /** Only requests with this partition. */
    public FaultScript partition(String topicName, int index) {
        topic = topicName;
        partition = index;
        return this;
    }

    /** Lets this many pass first. */
    public FaultScript after(int requestCount) {
        skipCount = requestCount;
        return this;
    }

    /** The next so many. */
    public FaultScript times(int requestCount) {
        count = requestCount;
        return this;
    }

    /** All, until it is removed. */
    public FaultScript always() {
        return times(Integer.MAX_VALUE);
    }

    /** The request is not carried out, the answer is this error. */
    public Fault error(ErrorCode error) {
        return add(Fault.Kind.ERROR_INSTEAD, error, 0);
    }

    /** The request is carried out and answered with this error all the same. */
    public Fault errorAfter(ErrorCode error) {
        return add(Fault.Kind.ERROR_AFTER, error, 0);
    }

    /**
     * It is carried out this much later, even if the client has closed the connection by then, as brokers do; the connection
     * serves nothing else meanwhile.
     */
    public Fault delay(Duration time) {
        return add(Fault.Kind.DELAY, ErrorCode.NONE, time.toNanos());
    }

    /** It is carried out at once and answered this much later; the connection serves nothing else meanwhile. */
    public Fault delayAnswer(Duration time) {
        return add(Fault.Kind.DELAY_ANSWER, ErrorCode.NONE, time.toNanos());
    }

    /**
     * It is carried out once the fault is released, even if the client has closed the connection by then, as brokers do; the
     * connection serves nothing else meanwhile.
     */
    public Fault hold() {
        return add(Fault.Kind.HOLD, ErrorCode.NONE, 0);
    }

    /** It is carried out at once and answered when the fault is released; the connection serves nothing else meanwhile. */
    public Fault holdAnswer() {
        return add(Fault.Kind.HOLD_ANSWER, ErrorCode.NONE, 0);
    }

    /** The answer names this throttle time; the broker itself does not slow down. */
    public Fault throttle(Duration time) {
        return add(Fault.Kind.THROTTLE, ErrorCode.NONE, time.toNanos());
    }

    /** The answer names this throttle time, and for as long the broker reads nothing from the connection, as with a quota. */
    public Fault throttleEnforced(Duration time) {
        return add(Fault.Kind.THROTTLE_ENFORCED, ErrorCode.NONE, time.toNanos());
    }

    /** The connection is closed and the request is lost. */
    public Fault dropBefore() {
        return add(Fault.Kind.DROP_BEFORE, ErrorCode.NONE, 0);
    }

    /** The request is carried out and the connection closed: only the answer is lost. */
    public Fault dropAfter() {
        return add(Fault.Kind.DROP_AFTER, ErrorCode.NONE, 0);
    }

    /** Neither carried out nor answered; the connection stays open and never says anything again. */
    public Fault neverAnswer() {
        return add(Fault.Kind.SILENCE, ErrorCode.NONE, 0);
    }

    /** Carried out and not answered; the connection stays open and never says anything again. */
    public Fault neverAnswerAfter() {
        return add(Fault.Kind.SILENCE_AFTER, ErrorCode.NONE, 0);
    }

    /** Carried out; half of the answer is written, then the connection closed. */
    public Fault truncateAnswer() {
        return add(Fault.Kind.TRUNCATE, ErrorCode.NONE, 0);
    }

    /** Carried out; half of the answer is written, and nothing ever after on a connection that stays open. */
    public Fault stallAnswer() {
        return add(Fault.Kind.STALL_HALFWAY, ErrorCode.NONE, 0);
    }

    /** Carried out; the answer is written byte by byte with this pause between two, and nothing else meanwhile on that connection. */
    public Fault dripAnswer(Duration pause) {
        return add(Fault.Kind.DRIP, ErrorCode.NONE, pause.toNanos());
    }

    /** Carried out; the answer's frame holds noise after its correlation id. */
    public Fault garbage() {
        return add(Fault.Kind.GARBAGE, ErrorCode.NONE, 0);
    }

    /** Carried out and answered under a correlation id that nobody used. */
    public Fault wrongCorrelationId() {
        return add(Fault.Kind.WRONG_CORRELATION, ErrorCode.NONE, 0);
    }

    /** Before the request is looked at, this runs, on the brokers' thread: for what has to happen just then. */
    public Fault run(Runnable action) {
        return book.add(target(), new Fault.Effect(Fault.Kind.RUN, ErrorCode.NONE, 0, action), skipCount, count);
    }

    private Fault add(Fault.Kind kind, ErrorCode error, long nanos) {
        return book.add(target(), new Fault.Effect(kind, error, nanos, () -> {}), skipCount, count);
    }

    private Fault.Target target() {
        return new Fault.Target(apiKey, brokerId, topic, partition);
    }
}
