package io.penstock.testkit.fake;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.compress.CompressionType;
import io.penstock.wire.compress.Decompressors;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Message;
import io.penstock.wire.message.PushTelemetryRequest;
import io.penstock.wire.message.PushTelemetryResponse;
import java.nio.ByteBuffer;

/** Metrics of a client; version 0, where the cluster collects metrics at all. */
final class PushTelemetryHandler extends ApiHandler<PushTelemetryRequest, PushTelemetryResponse> {

    /** A bomb is refused; metrics that grow to more than this are none. */
    private static final int MAX_DECOMPRESSED_BYTES = 64 << 20;

    PushTelemetryHandler() {
        super(ApiKey.PUSH_TELEMETRY, 0, 0);
    }

    @Override
    PushTelemetryResponse handle(PushTelemetryRequest request, RequestContext context) {
        if (Message.ZERO_UUID.equals(request.clientInstanceId())) {
            return refuse(request, ErrorCode.INVALID_REQUEST, context);
        }
        TelemetryBook book = context.cluster().telemetry();
        TelemetryClient client = book.client(request.clientInstanceId());
        ErrorCode objection =
                book.objection(client, request, context.cluster().host().currentTimeMillis());
        ErrorCode error = objection == null ? take(request, book) : objection;
        client.onAnswer(error);
        if (request.terminating()) {
            client.onGone();
        }
        return refuse(request, error, context);
    }

    private static ErrorCode take(PushTelemetryRequest request, TelemetryBook book) {
        try (Decompressors decompressors = new Decompressors()) {
            CompressionType codec = CompressionType.forId(request.compressionType());
            ByteBuffer plain = decompressors.of(codec).decompress(request.metrics(), MAX_DECOMPRESSED_BYTES);
            ByteBuffer metrics =
                    ByteBuffer.allocate(plain.remaining()).put(plain).flip();
            book.add(new TelemetryPush(
                    request.clientInstanceId(),
                    request.subscriptionId(),
                    request.terminating(),
                    codec.label(),
                    metrics));
            return ErrorCode.NONE;
        } catch (WireFormatException e) {
            return ErrorCode.INVALID_RECORD;
        }
    }

    @Override
    PushTelemetryResponse refuse(PushTelemetryRequest request, ErrorCode error, RequestContext context) {
        return new PushTelemetryResponse().errorCode(error.code());
    }

    @Override
    void throttle(PushTelemetryResponse answer, int millis, short version) {
        answer.throttleTimeMs(millis);
    }
}
