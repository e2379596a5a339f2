package io.penstock.testkit.fake;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.Response;
import io.penstock.wire.message.ResponseHeader;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A connection that says what it is told to, and waits for each answer. For one thread. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;

    RawConnection(String address) throws IOException {
        int colon = address.indexOf(':');
        socket = new Socket(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    <A extends Response> A ask(Request request, A answer, int version) {
        try {
            write(request, (short) version);
            return read(answer, (short) version);
        } catch (IOException e) {
            throw new UncheckedIOException(request.apiKey() + " version " + version, e);
        }
    }

    void write(Request request, short version) throws IOException {
        write(request, version, version);
    }

    /** @param said the version that the header names, whatever the body has */
    void write(Request request, short version, short said) throws IOException {
        WireWriter writer = new WireWriter();
        int size = writer.reserveInt();
        new RequestHeader()
                .requestApiKey(request.apiKey().id())
                .requestApiVersion(said)
                .correlationId(1)
                .clientId("raw")
                .write(writer, request.apiKey().requestHeaderVersion(version));
        request.write(writer, version);
        writer.patchInt(size, writer.sizeBytes() - Integer.BYTES);
        ByteBuffer all = writer.toContiguous();
        byte[] bytes = new byte[all.remaining()];
        all.get(bytes);
        write(bytes);
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    <A extends Response> A read(A answer, short version) throws IOException {
        WireReader reader = new WireReader(readFrame());
        new ResponseHeader().read(reader, answer.apiKey().responseHeaderVersion(version));
        answer.read(reader, version);
        return answer;
    }

    ByteBuffer readFrame() throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return ByteBuffer.wrap(frame);
    }

    /** Whether the other side says that it has nothing more to say. */
    boolean isAtEnd() throws IOException {
        return socket.getInputStream().read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
