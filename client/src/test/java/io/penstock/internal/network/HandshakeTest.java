package io.penstock.internal.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.network.ConnectionException.Reason;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private final NetworkFixture net = new NetworkFixture();

    @Test
    void begin_asksWithOurNewestVersionAndSaysWhoWeAre() {
        Frames.Received asked = start(1);
        assertThat(asked.header().requestApiVersion()).isEqualTo((short) 5);
        assertThat(asked.header().clientId()).isEqualTo("client");
        ApiVersionsRequest request = asked.asApiVersions();
        assertThat(request.clientSoftwareName()).isEqualTo("penstock");
        assertThat(request.clientSoftwareVersion())
                .isEqualTo(BuildVersion.VERSION)
                .matches("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?")
                .isNotEqualTo("unknown");
        assertThat(request.clusterId()).isNull();
        assertThat(request.nodeId()).isEqualTo(-1);
    }

    @Test
    void begin_whenTheClusterIsKnown_letsTheBrokerCheckThatItIsTheOneMeant() {
        net.connections.expectCluster("cluster-a");
        ApiVersionsRequest request = start(7).asApiVersions();
        assertThat(request.clusterId()).isEqualTo("cluster-a");
        assertThat(request.nodeId()).isEqualTo(7);
    }

    @Test
    void onResponse_negotiatesTheHighestCommonVersions() {
        answer(
                start(1),
                new ApiVersionsResponse()
                        .apiKeys(List.of(
                                Frames.offer(ApiKey.METADATA, 0, 12),
                                Frames.offer(ApiKey.PRODUCE, 0, 99),
                                Frames.offer(ApiKey.INIT_PRODUCER_ID, 0, 6),
                                Frames.offer(ApiKey.END_TXN, 90, 99),
                                new ApiVersionsResponse.ApiVersion()
                                        .apiKey((short) 4711)
                                        .maxVersion((short) 3)))
                        .finalizedFeaturesEpoch(3)
                        .finalizedFeatures(List.of(new ApiVersionsResponse.FinalizedFeatureKey()
                                .name("transaction.version")
                                .maxVersionLevel((short) 2)
                                .minVersionLevel((short) 2))));

        assertThat(net.events).containsExactly("ready 1");
        NegotiatedVersions versions = net.opened.get(0).versions();
        assertThat(versions.highest(ApiKey.METADATA)).isEqualTo((short) 12);
        assertThat(versions.highest(ApiKey.PRODUCE)).isEqualTo(ApiKey.PRODUCE.highestVersion());
        assertThat(versions.highest(ApiKey.PRODUCE, (short) 11)).isEqualTo((short) 11);
        assertThat(versions.highest(ApiKey.PRODUCE, (short) 2))
                .as("below what we speak")
                .isEqualTo((short) -1);
        assertThat(versions.highest(ApiKey.INIT_PRODUCER_ID))
                .as("not the unfinished one")
                .isEqualTo((short) 5);
        assertThat(versions.highest(ApiKey.END_TXN)).as("nothing in common").isEqualTo((short) -1);
        assertThat(versions.highest(ApiKey.PUSH_TELEMETRY)).as("not offered").isEqualTo((short) -1);
        assertThat(versions.finalizedFeatures()).containsEntry("transaction.version", (short) 2);
    }

    /** KIP-511: a broker from 2.4 on says which version it does know. */
    @Test
    void onResponse_whenTheVersionIsUnsupported_asksWithTheOneNamed() {
        Frames.Received first = start(1);
        ApiVersionsResponse refusal =
                Frames.error(ErrorCode.UNSUPPORTED_VERSION).apiKeys(List.of(Frames.offer(ApiKey.API_VERSIONS, 0, 3)));
        net.transport.last().receive(Frames.apiVersions(first.correlationId(), refusal, 0));

        Frames.Received second = asked();
        assertThat(second.header().requestApiVersion()).isEqualTo((short) 3);
        assertThat(second.asApiVersions().clientSoftwareName()).isEqualTo("penstock");
        answer(second, Frames.everything());
        assertThat(net.events).containsExactly("ready 1");
    }

    /** Brokers before 2.4 name no version. */
    @Test
    void onResponse_whenTheVersionIsUnsupportedAndNoneNamed_asksWithVersion0() {
        Frames.Received first = start(1);
        net.transport
                .last()
                .receive(Frames.apiVersions(first.correlationId(), Frames.error(ErrorCode.UNSUPPORTED_VERSION), 0));

        Frames.Received second = asked();
        assertThat(second.header().requestApiVersion()).isZero();
        answer(second, Frames.everything());
        assertThat(net.events).containsExactly("ready 1");
    }

    /** Prevents asking for ever a broker that names the version it has just refused. */
    @Test
    void onResponse_whenEveryVersionIsUnsupported_givesUp() {
        Frames.Received next = start(1);
        int rounds = 0;
        while (net.events.isEmpty()) {
            assertThat(++rounds).isLessThan(10);
            ApiVersionsResponse refusal = Frames.error(ErrorCode.UNSUPPORTED_VERSION)
                    .apiKeys(List.of(Frames.offer(ApiKey.API_VERSIONS, 0, 99)));
            net.transport.last().receive(Frames.apiVersions(next.correlationId(), refusal, 0));
            if (net.events.isEmpty()) {
                next = asked();
            }
        }
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.HANDSHAKE_FAILED);
    }

    @Test
    void onResponse_whenItIsAnotherBroker_saysSo() {
        answer(start(1), Frames.error(ErrorCode.REBOOTSTRAP_REQUIRED));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.WRONG_BROKER);
    }

    @Test
    void onResponse_whenThereIsAnotherError_namesIt() {
        answer(start(1), Frames.error(ErrorCode.CLUSTER_AUTHORIZATION_FAILED));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.HANDSHAKE_FAILED);
        assertThat(net.lastFailure()).hasMessageContaining("CLUSTER_AUTHORIZATION_FAILED");
    }

    @Test
    void onResponse_whenItIsAController_saysSo() {
        answer(start(1), new ApiVersionsResponse().apiKeys(List.of(Frames.offer(ApiKey.API_VERSIONS, 0, 4))));
        assertThat(net.lastFailure()).hasMessageContaining("controller");
    }

    @Test
    void onResponse_whenItIsMalformed_closesTheConnection() {
        Frames.Received asked = start(1);
        net.transport.last().receive(Frames.response(asked.correlationId(), (byte) 0));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.NOT_KAFKA);

        net.after(2_000);
        asked = start(1);
        net.transport.last().receive(Frames.response(asked.correlationId(), new byte[] {0, 0, 127, 1, 2, 3}));
        assertThat(net.lastFailure().reason()).isEqualTo(Reason.NOT_KAFKA);
        assertThat(net.lastFailure())
                .hasMessageContaining("Broker 1 at one:9092")
                .hasMessageContaining("API_VERSIONS");
    }

    @Test
    void onResponse_whenThrottled_isObeyed() {
        answer(start(1), Frames.everything().throttleTimeMs(500));
        Connection connection = net.opened.get(0);
        assertThat(connection.isThrottled(net.now())).isTrue();
        assertThat(net.connections.leastLoaded(net.now())).isNull();
        net.after(500);
        assertThat(connection.isThrottled(net.now())).isFalse();
        assertThat(net.events).containsExactly("ready 1", "capacity 1");
    }

    private Frames.Received start(int nodeId) {
        net.connections.endpoint(nodeId, "one", 9092);
        net.connections.ready(nodeId, net.now());
        net.transport.last().connected();
        return asked();
    }

    private Frames.Received asked() {
        List<Frames.Received> all = Frames.requests(net.transport.last().takeWritten());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private void answer(Frames.Received asked, ApiVersionsResponse response) {
        net.transport
                .last()
                .receive(Frames.apiVersions(
                        asked.correlationId(), response, asked.header().requestApiVersion()));
    }
}
