package io.penstock.fuzz;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Response;
import io.penstock.wire.message.ResponseHeader;
import java.nio.ByteBuffer;

/** Every response of every version, with its header: read or refused, in bounds; what was read can be written and read again. */
public final class ResponseTarget {
    private static final ApiKey[] KEYS = ApiKey.values();

    private ResponseTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        ApiKey key = KEYS[(input[0] & 0xff) % KEYS.length];
        int versions = key.highestVersion() - key.lowestVersion() + 1;
        short version = (short) (key.lowestVersion() + (input[1] & 0xff) % versions);
        ByteBuffer frame = ByteBuffer.wrap(input, 2, input.length - 2).slice();
        Allocation.within(64 * 1024 + 64L * input.length, () -> read(key, version, frame.duplicate()));
    }

    private static void read(ApiKey key, short version, ByteBuffer frame) {
        Response response = key.newResponse();
        try {
            WireReader reader = new WireReader(frame);
            new ResponseHeader().read(reader, key.responseHeaderVersion(version));
            response.read(reader, version);
        } catch (WireFormatException e) {
            return;
        }
        WireWriter writer = new WireWriter();
        response.write(writer, version);
        key.newResponse().read(new WireReader(writer.toContiguous()), version);
    }
}
