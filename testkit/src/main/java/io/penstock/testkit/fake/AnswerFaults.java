package io.penstock.testkit.fake;

import io.penstock.wire.Segments;
import io.penstock.wire.message.Response;
import java.nio.ByteBuffer;
import java.util.Random;

/** Writes an answer as it should be, or as the script wants it spoiled. */
final class AnswerFaults {

    private static final int STRANGE_CORRELATION = 1_000_000;
    private static final int PREFIX_BYTES = 8;

    private AnswerFaults() {}

    static void send(Response answer, RequestContext context, FakeHost.Link link) {
        FaultPlan faults = context.faults();
        int correlationId = context.seen().correlationId();
        if (faults.has(Fault.Kind.WRONG_CORRELATION)) {
            correlationId += STRANGE_CORRELATION;
        }
        ByteBuffer[] frame = RequestCodec.write(answer, correlationId, context.version());
        if (faults.has(Fault.Kind.TRUNCATE)) {
            writeHalf(frame, link);
            context.closeConnection();
        } else if (faults.has(Fault.Kind.STALL_HALFWAY)) {
            writeHalf(frame, link);
        } else if (faults.has(Fault.Kind.GARBAGE)) {
            link.write(
                    new ByteBuffer[] {noise(Segments.of(frame), context.seen().correlationId())});
        } else {
            link.write(frame);
        }
    }

    /** The whole answer, for {@link Fault.Kind#DRIP}. */
    static Drip drip(Response answer, RequestContext context, FakeHost.Link link) {
        ByteBuffer[] frame = RequestCodec.write(answer, context.seen().correlationId(), context.version());
        return new Drip(Segments.of(frame).toContiguous(), link);
    }

    private static void writeHalf(ByteBuffer[] frame, FakeHost.Link link) {
        ByteBuffer half = Segments.of(frame).toContiguous();
        link.write(new ByteBuffer[] {half.limit(half.position() + half.remaining() / 2)});
    }

    /** Size and correlation id are right, all else is noise; the same for the same request. */
    private static ByteBuffer noise(Segments frame, int seed) {
        ByteBuffer all = ByteBuffer.allocate(frame.sizeBytes());
        all.put(frame.toContiguous()).flip();
        byte[] noise = new byte[all.remaining() - PREFIX_BYTES];
        new Random(seed).nextBytes(noise);
        all.put(PREFIX_BYTES, noise);
        return all;
    }
}
