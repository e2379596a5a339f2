package io.penstock.internal.network;

import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.RequestHeader;
import java.nio.ByteBuffer;

/**
 * The bytes of one request.
 *
 * <pre>
 *   +-----------+----------------+------+
 *   | size: i32 | request header | body |
 *   +-----------+----------------+------+
 * </pre>
 *
 * See <a href="https://kafka.apache.org/protocol#protocol_messages">the protocol</a>.
 */
public final class RequestFrame {

    private RequestFrame() {}

    /** The whole frame, ready to be sent; runs of bytes in the body are spliced in as they lie. */
    public static ByteBuffer[] encode(Request body, short version, String clientId, int correlationId) {
        ApiKey key = body.apiKey();
        WireWriter out = new WireWriter();
        int size = out.reserveInt();
        new RequestHeader()
                .requestApiKey(key.id())
                .requestApiVersion(version)
                .correlationId(correlationId)
                .clientId(clientId)
                .write(out, key.requestHeaderVersion(version));
        body.write(out, version);
        out.patchInt(size, out.sizeBytes() - Integer.BYTES);
        return out.toBuffers();
    }
}
