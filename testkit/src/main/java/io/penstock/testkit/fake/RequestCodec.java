package io.penstock.testkit.fake;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.Response;
import io.penstock.wire.message.ResponseHeader;
import java.nio.ByteBuffer;

/** From a frame's bytes to a request, and from an answer to a frame. */
final class RequestCodec {

    private static final int KEY_AND_VERSION_BYTES = 4;
    private static final int VERSION_AT = 2;

    private RequestCodec() {}

    /** Reads the header and leaves the frame's position at the body. */
    static RequestHeader readHeader(ByteBuffer frame) {
        if (frame.remaining() < KEY_AND_VERSION_BYTES) {
            throw new IllegalArgumentException("A frame of " + frame.remaining() + " bytes has no request");
        }
        short version = frame.getShort(frame.position() + VERSION_AT);
        ApiKey key = ApiKey.forId(frame.getShort(frame.position()));
        WireReader reader = new WireReader(frame.duplicate());
        RequestHeader header = new RequestHeader();
        header.read(reader, key == null ? (short) 1 : key.requestHeaderVersion(version));
        frame.position(frame.limit() - reader.remaining());
        return header;
    }

    static Request readBody(ByteBuffer frame, ApiKey key, short version) {
        WireReader reader = new WireReader(frame);
        Request request = key.newRequest();
        request.read(reader, version);
        if (reader.remaining() > 0) {
            throw new IllegalArgumentException(reader.remaining() + " bytes follow the " + key.label() + " request");
        }
        return request;
    }

    /** A whole frame, its size in front. */
    static ByteBuffer[] write(Response answer, int correlationId, short version) {
        WireWriter writer = new WireWriter();
        int size = writer.reserveInt();
        new ResponseHeader()
                .correlationId(correlationId)
                .write(writer, answer.apiKey().responseHeaderVersion(version));
        answer.write(writer, version);
        writer.patchInt(size, writer.sizeBytes() - Integer.BYTES);
        return writer.toBuffers();
    }
}
