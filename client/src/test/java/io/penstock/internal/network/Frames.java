package io.penstock.internal.network;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.Response;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes as a broker sees and sends them. */
public final class Frames {

    private Frames() {}

    /** A request as the broker reads it. */
    public record Received(RequestHeader header, WireReader body) {

        public int correlationId() {
            return header.correlationId();
        }

        ApiVersionsRequest asApiVersions() {
            ApiVersionsRequest request = new ApiVersionsRequest();
            request.read(body, header.requestApiVersion());
            return request;
        }
    }

    /** Every request in these bytes, which must hold whole ones only. */
    public static List<Received> requests(byte[] bytes) {
        List<Received> found = new ArrayList<>();
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            int size = all.getInt();
            found.add(request(all.slice(all.position(), size)));
            all.position(all.position() + size);
        }
        return found;
    }

    public static Received request(ByteBuffer frame) {
        WireReader reader = new WireReader(frame);
        ApiKey key = ApiKey.forId(frame.getShort(frame.position()));
        short version = frame.getShort(frame.position() + 2);
        RequestHeader header = new RequestHeader();
        header.read(reader, key.requestHeaderVersion(version));
        return new Received(header, reader);
    }

    public static byte[] response(int correlationId, byte... body) {
        return ByteBuffer.allocate(8 + body.length)
                .putInt(4 + body.length)
                .putInt(correlationId)
                .put(body)
                .array();
    }

    public static byte[] apiVersions(int correlationId, ApiVersionsResponse response, int version) {
        WireWriter out = new WireWriter();
        int size = out.reserveInt();
        out.writeInt(correlationId);
        response.write(out, (short) version);
        out.patchInt(size, out.sizeBytes() - 4);
        ByteBuffer all = out.toContiguous();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }

    /** An answer with a header of the key's version. */
    public static byte[] response(Received asked, Response response) {
        short version = asked.header().requestApiVersion();
        WireWriter out = new WireWriter();
        int size = out.reserveInt();
        out.writeInt(asked.correlationId());
        if (response.apiKey().responseHeaderVersion(version) > 0) {
            out.writeByte(0);
        }
        response.write(out, version);
        out.patchInt(size, out.sizeBytes() - 4);
        ByteBuffer all = out.toContiguous();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        return bytes;
    }

    /** A broker that speaks everything that we do. */
    public static ApiVersionsResponse everything() {
        List<ApiVersionsResponse.ApiVersion> keys = new ArrayList<>();
        for (ApiKey key : ApiKey.values()) {
            keys.add(offer(key, key.lowestVersion(), key.highestVersion()));
        }
        return new ApiVersionsResponse().apiKeys(keys);
    }

    public static ApiVersionsResponse.ApiVersion offer(ApiKey key, int oldest, int newest) {
        return new ApiVersionsResponse.ApiVersion()
                .apiKey(key.id())
                .minVersion((short) oldest)
                .maxVersion((short) newest);
    }

    public static ApiVersionsResponse error(ErrorCode code) {
        return new ApiVersionsResponse().errorCode(code.code());
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
