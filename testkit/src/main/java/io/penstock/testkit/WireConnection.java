package io.penstock.testkit;

import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.RequestHeader;
import io.penstock.wire.message.ResponseHeader;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * One plain connection to one broker: a question, its answer, the next question.
 *
 * <p>Blocking and not thread-safe: made for checks and tests, where one thread asks one thing after the other. It shares
 * nothing with the producer but the message classes, so that it can be the producer's witness.
 */
final class WireConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
    private static final int ANSWER_TIMEOUT_MILLIS = 40_000;
    private static final int MAX_FRAME_BYTES = 128 * 1024 * 1024;
    private static final int HTTP = 0x48545450; // "HTTP"
    private static final int TLS_ALERT = 0x1503; // record type 21, major version 3
    private static final short FIRST_VERSION = 0;

    private final String address;
    private final Socket socket;
    private final DataInputStream in;
    private final Map<Short, Short> highestOfBroker = new HashMap<>();
    private int correlationId;

    private WireConnection(String address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects and asks what the broker speaks. */
    static WireConnection open(String host, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(host, port), CONNECT_TIMEOUT_MILLIS);
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            WireConnection connection = new WireConnection(host + ":" + port, socket);
            connection.negotiate();
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void negotiate() throws IOException {
        ApiVersionsResponse answer =
                exchange(WireApi.API_VERSIONS, FIRST_VERSION, new ApiVersionsRequest(), new ApiVersionsResponse());
        for (ApiVersionsResponse.ApiVersion range : answer.apiKeys()) {
            highestOfBroker.put(range.apiKey(), range.maxVersion());
        }
    }

    /**
     * Asks in the newest version that both sides speak.
     *
     * @param answer a new one, to be filled and returned
     */
    <R extends Message> R ask(WireApi api, Message request, R answer) throws IOException {
        Short offered = highestOfBroker.get(api.id());
        if (offered == null || offered < api.oldest()) {
            throw new EmbeddedKafkaException("the broker " + address + " does not offer " + api.label()
                    + " in a version known here (" + api.oldest() + " to " + api.newest() + ")");
        }
        return exchange(api, (short) Math.min(api.newest(), offered), request, answer);
    }

    private <R extends Message> R exchange(WireApi api, short version, Message request, R answer) throws IOException {
        WireWriter w = new WireWriter();
        int size = w.reserveInt();
        new RequestHeader()
                .requestApiKey(api.id())
                .requestApiVersion(version)
                .correlationId(++correlationId)
                .clientId("penstock-testkit")
                .write(w, api.requestHeaderVersion(version));
        request.write(w, version);
        w.patchInt(size, w.sizeBytes() - Integer.BYTES);
        ByteBuffer frame = w.toContiguous();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        socket.getOutputStream().write(bytes);
        read(api, version, answer);
        return answer;
    }

    private void read(WireApi api, short version, Message answer) throws IOException {
        WireReader r = new WireReader(ByteBuffer.wrap(frame(api)));
        ResponseHeader header = new ResponseHeader();
        try {
            header.read(r, api.responseHeaderVersion(version));
            answer.read(r, version);
        } catch (WireFormatException e) {
            throw new IOException(address + " gave no proper answer to " + api.label() + ": " + e.getMessage(), e);
        }
        if (header.correlationId() != correlationId) {
            throw new IOException(address + " answered question " + header.correlationId() + " instead of "
                    + correlationId + ": is it a Kafka broker?");
        }
    }

    private byte[] frame(WireApi api) throws IOException {
        int size;
        try {
            size = in.readInt();
        } catch (EOFException e) {
            throw new IOException(
                    address + " closed the connection instead of answering: is it a Kafka broker without TLS?", e);
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    address + " did not answer " + api.label() + " within " + ANSWER_TIMEOUT_MILLIS + " ms", e);
        }
        if (size == HTTP) {
            throw new IOException(address + " is not a Kafka broker: an HTTP server answered");
        }
        if (size >>> 16 == TLS_ALERT) {
            throw new IOException(address + " expects TLS; give the address of a plaintext listener");
        }
        if (size < 0 || size > MAX_FRAME_BYTES) {
            throw new IOException(address + " is not a Kafka broker: its answer claims " + size + " bytes");
        }
        byte[] frame = in.readNBytes(size);
        if (frame.length < size) {
            throw new IOException(address + " closed the connection in the middle of an answer");
        }
        return frame;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Every answer has been read; there is nothing left to lose.
        }
    }
}
