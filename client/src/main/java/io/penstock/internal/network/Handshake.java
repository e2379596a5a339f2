package io.penstock.internal.network;

import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a broker what it speaks: ApiVersions, from our newest version down.
 *
 * <p>Loop only, one for each connection. A broker that does not know the version asked for answers in the form of version
 * 0, from 2.4 on with the versions it does know (KIP-511), before without, which leaves version 0 itself. Each round
 * asks for a lower version than the one before, so there are few.
 */
final class Handshake implements SetupStep, ResponseHandler {

    private static final String SOFTWARE_NAME = "penstock";
    private static final int UNSUPPORTED_VERSION = ErrorCode.UNSUPPORTED_VERSION.code();

    private final String clientId;
    private final @Nullable String clusterId;

    private @Nullable Setup setup;
    private short version = ApiKey.API_VERSIONS.highestVersion();

    /** @param clusterId the cluster that is meant, for the broker to check, or null when that is not known or wanted */
    Handshake(String clientId, @Nullable String clusterId) {
        this.clientId = clientId;
        this.clusterId = clusterId;
    }

    @Override
    public void begin(Setup with, long nowNanos) {
        setup = with;
        ask(with, nowNanos);
    }

    @Override
    public String waitingFor() {
        return "did not answer ApiVersions";
    }

    @Override
    public void onResponse(WireReader body, long nowNanos) {
        Setup with = Objects.requireNonNull(setup);
        ByteBuffer bytes = body.readSlice(body.remaining());
        if (bytes.remaining() < Short.BYTES) {
            throw new WireFormatException("it has " + bytes.remaining() + " bytes");
        }
        boolean unsupported = bytes.getShort(bytes.position()) == UNSUPPORTED_VERSION;
        ApiVersionsResponse response = new ApiVersionsResponse();
        response.read(new WireReader(bytes), unsupported ? 0 : version);
        if (unsupported) {
            downgrade(with, response, nowNanos);
        } else if (response.errorCode() != ErrorCode.NONE.code()) {
            refused(with, ErrorCode.forCode(response.errorCode()), nowNanos);
        } else {
            accept(with, response, nowNanos);
        }
    }

    @Override
    public void onLost(Throwable cause, boolean mayHaveArrived, long nowNanos) {
        // Whoever closed the connection has said why; nothing waits for the handshake but the connection.
    }

    private void ask(Setup with, long nowNanos) {
        ApiVersionsRequest request =
                new ApiVersionsRequest().clientSoftwareName(SOFTWARE_NAME).clientSoftwareVersion(BuildVersion.VERSION);
        if (clusterId != null && with.nodeId() >= 0) {
            request.clusterId(clusterId).nodeId(with.nodeId());
        }
        int correlationId = with.nextCorrelationId();
        with.send(
                new OutboundRequest(
                        ApiKey.API_VERSIONS,
                        version,
                        correlationId,
                        RequestFrame.encode(request, version, clientId, correlationId),
                        with.timeoutNanos(),
                        true,
                        this),
                nowNanos);
    }

    private void downgrade(Setup with, ApiVersionsResponse response, long nowNanos) {
        if (version == 0) {
            with.fail(
                    Reason.HANDSHAKE_FAILED,
                    "refused version 0 of ApiVersions, which every broker speaks; check that this is a Kafka broker",
                    nowNanos);
            return;
        }
        int newest = 0;
        for (ApiVersionsResponse.ApiVersion offered : response.apiKeys()) {
            if (offered.apiKey() == ApiKey.API_VERSIONS.id()) {
                newest = offered.maxVersion();
            }
        }
        version = (short) Math.max(0, Math.min(newest, version - 1));
        ask(with, nowNanos);
    }

    private static void refused(Setup with, ErrorCode error, long nowNanos) {
        if (error == ErrorCode.REBOOTSTRAP_REQUIRED) {
            with.fail(
                    Reason.WRONG_BROKER,
                    "it is another broker, or of another cluster, than the one meant (REBOOTSTRAP_REQUIRED); the"
                            + " cluster is looked up again from bootstrap.servers",
                    nowNanos);
        } else {
            with.fail(Reason.HANDSHAKE_FAILED, "answered ApiVersions with the error " + error, nowNanos);
        }
    }

    private void accept(Setup with, ApiVersionsResponse response, long nowNanos) {
        NegotiatedVersions versions = negotiated(response);
        if (versions.highest(ApiKey.METADATA) < 0) {
            with.fail(
                    Reason.HANDSHAKE_FAILED,
                    "does not offer METADATA in a version that this client speaks; it looks like the listener of a KRaft"
                            + " controller: use the port of a broker's listener",
                    nowNanos);
            return;
        }
        with.negotiated(versions);
        if (response.throttleTimeMs() > 0) {
            with.throttleUntil(nowNanos + TimeUnit.MILLISECONDS.toNanos(response.throttleTimeMs()));
        }
        with.stepDone(nowNanos);
    }

    private static NegotiatedVersions negotiated(ApiVersionsResponse response) {
        Map<ApiKey, NegotiatedVersions.Range> ranges = new EnumMap<>(ApiKey.class);
        for (ApiVersionsResponse.ApiVersion offered : response.apiKeys()) {
            ApiKey key = ApiKey.forId(offered.apiKey());
            if (key != null) {
                ranges.put(key, new NegotiatedVersions.Range(offered.minVersion(), offered.maxVersion()));
            }
        }
        Map<String, Short> features = new HashMap<>();
        if (response.finalizedFeaturesEpoch() >= 0) {
            for (ApiVersionsResponse.FinalizedFeatureKey feature : response.finalizedFeatures()) {
                features.put(feature.name(), feature.maxVersionLevel());
            }
        }
        return new NegotiatedVersions(ranges, features);
    }
}
