package io.penstock.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.internal.exchange.ProduceFrame.TopicBatches;
import io.penstock.internal.sender.OutboundBatch;
import io.penstock.internal.sender.Plans;
import io.penstock.wire.WireFormatException;
import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ProduceResponse.BatchIndexAndErrorMessage;
import io.penstock.wire.message.ProduceResponse.LeaderIdAndEpoch;
import io.penstock.wire.message.ProduceResponse.PartitionProduceResponse;
import io.penstock.wire.message.ProduceResponse.TopicProduceResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes are what the message generated from Kafka's schema writes; the hand-written reader takes the plain ones only. */
class PlainAnswerTest {

    private static final UUID FIRST = new UUID(1, -2);
    private static final UUID SECOND = new UUID(-3, 4);
    private static final short LATEST = 13;

    private final List<OutboundBatch> batches = new Plans()
            .with("a", 5, 10)
            .with("a", 2, 10)
            .with("b", 0, 10)
            .plan((short) -1)
            .batches();
    private final List<TopicBatches> topics =
            List.of(new TopicBatches("a", FIRST, 0, 2), new TopicBatches("b", SECOND, 2, 3));
    private final PlainAnswer answer = new PlainAnswer();

    private static PartitionProduceResponse partition(int index, long baseOffset, long appendTime) {
        return new PartitionProduceResponse()
                .index(index)
                .baseOffset(baseOffset)
                .logAppendTimeMs(appendTime);
    }

    private static ProduceResponse written(short version) {
        List<PartitionProduceResponse> ofA = new ArrayList<>(List.of(partition(5, 70, -1), partition(2, 1L << 40, 9)));
        List<PartitionProduceResponse> ofB = new ArrayList<>(List.of(partition(0, 0, -1)));
        TopicProduceResponse a = new TopicProduceResponse().partitionResponses(ofA);
        TopicProduceResponse b = new TopicProduceResponse().partitionResponses(ofB);
        List<TopicProduceResponse> both = new ArrayList<>(
                version >= 13 ? List.of(a.topicId(FIRST), b.topicId(SECOND)) : List.of(a.name("a"), b.name("b")));
        return new ProduceResponse().responses(both).throttleTimeMs(25);
    }

    private static ByteBuffer bytes(ProduceResponse response, short version) {
        WireWriter out = new WireWriter();
        response.write(out, version);
        return out.toContiguous();
    }

    @ParameterizedTest
    @ValueSource(shorts = {3, 5, 8, 9, 10, 12, 13})
    void reads_whenAllIsWritten_givesOffsetsAndTimesByPlace(short version) {
        WireReader body = WireReader.moving(bytes(written(version), version));
        assertThat(answer.reads(body, version, topics, batches)).isTrue();
        assertThat(body.remaining()).isZero();
        assertThat(List.of(answer.baseOffset(0), answer.baseOffset(1), answer.baseOffset(2)))
                .containsExactly(70L, 1L << 40, 0L);
        assertThat(List.of(answer.appendTime(0), answer.appendTime(1), answer.appendTime(2)))
                .containsExactly(-1L, 9L, -1L);
        assertThat(answer.throttleMillis()).isEqualTo(25);
    }

    /** Whatever is not plain is read by the message, from the start, and so with all that the message knows of it. */
    @Test
    void reads_whenAnythingElseIsSaid_leavesTheAnswerAsItWas() {
        List<Consumer<ProduceResponse>> changes = List.of(
                it -> first(it).errorCode((short) 6),
                it -> first(it).errorMessage("why"),
                it -> first(it).recordErrors(List.of(new BatchIndexAndErrorMessage())),
                it -> first(it).currentLeader(new LeaderIdAndEpoch().leaderId(3).leaderEpoch(1)),
                it -> first(it).index(6),
                it -> Collections.swap(it.responses().get(0).partitionResponses(), 0, 1),
                it -> it.responses().get(0).partitionResponses().remove(1),
                it -> it.responses().get(1).partitionResponses().add(partition(1, 1, 1)),
                it -> it.responses().get(1).topicId(FIRST),
                it -> it.responses().remove(1),
                it -> it.nodeEndpoints(List.of(new ProduceResponse.NodeEndpoint())));
        for (Consumer<ProduceResponse> change : changes) {
            ProduceResponse response = written(LATEST);
            change.accept(response);
            ByteBuffer all = ByteBuffer.allocate(1000)
                    .put(new byte[7])
                    .put(bytes(response, LATEST))
                    .flip();
            WireReader body = WireReader.moving(all.position(3));
            body.skip(4); // a header, say
            assertThat(answer.reads(body, LATEST, topics, batches)).isFalse();
            assertThat(body.position()).isEqualTo(4);
            new ProduceResponse().read(body, LATEST);
            assertThat(body.remaining()).isZero();
        }
    }

    @Test
    void reads_whenTheBytesEndEarly_isMalformed() {
        ByteBuffer whole = bytes(written(LATEST), LATEST);
        for (int size = 0; size < whole.limit(); size++) {
            WireReader body = WireReader.moving(whole.duplicate().limit(size));
            assertThatThrownBy(() -> answer.reads(body, LATEST, topics, batches))
                    .isInstanceOf(WireFormatException.class);
        }
    }

    private static PartitionProduceResponse first(ProduceResponse response) {
        return response.responses().get(0).partitionResponses().get(0);
    }
}
