package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.ErrorCode;
import io.penstock.wire.Segments;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.ApiVersionsRequest;
import io.penstock.wire.message.ApiVersionsResponse;
import io.penstock.wire.message.ProduceRequest;
import io.penstock.wire.message.ProduceRequest.PartitionProduceData;
import io.penstock.wire.message.ProduceRequest.TopicProduceData;
import io.penstock.wire.message.ProduceResponse;
import io.penstock.wire.message.ResponseHeader;
import io.penstock.wire.record.BatchHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What no good client sends, and what the fake broker says to it: a client that sends it by mistake must hear. */
@Timeout(180)
class RawWireTest {

    private static final short BY_NAME = 12;

    private FakeCluster cluster;
    private RawConnection connection;

    @BeforeEach
    void connect() throws IOException {
        cluster = FakeCluster.builder()
                .brokers(2)
                .topic("t", TopicOptions.partitions(2).withMaxMessageBytes(200))
                .start();
        connection = new RawConnection(cluster.address(1));
    }

    @AfterEach
    void disconnect() throws IOException {
        connection.close();
        cluster.close();
    }

    @Test
    void sequences_areJudgedAsABrokerDoes() throws IOException {
        // A producer that nobody knows may start anywhere.
        assertThat(produce(batch(7, 0, 40, "a", "b"))).isEqualTo(0);
        assertThat(produce(batch(7, 0, 42, "c"))).isEqualTo(2);
        assertThat(produce(batch(7, 0, 40, "a", "b")))
                .as("a duplicate's offset")
                .isEqualTo(0);
        assertRefused(batch(7, 0, 44, "e"), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertRefused(batch(7, 1, 5, "e"), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(produce(batch(7, 1, 0, "e"))).isEqualTo(3);
        assertRefused(batch(7, 0, 43, "f"), ErrorCode.INVALID_PRODUCER_EPOCH);
        for (int i = 1; i <= 5; i++) {
            produce(batch(7, 1, i, "g" + i));
        }
        assertRefused(batch(7, 1, 0, "e"), ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER);
        assertThat(cluster.records("t", 0))
                .extracting(StoredRecord::valueText)
                .containsExactly("a", "b", "c", "e", "g1", "g2", "g3", "g4", "g5");
    }

    @Test
    void sequences_startOverAfterTheLargest() throws IOException {
        produce(batch(7, 0, Integer.MAX_VALUE - 1, "a", "b", "c"));

        assertThat(produce(batch(7, 0, 1, "d"))).isEqualTo(3);
        assertThat(cluster.records("t", 0))
                .extracting(StoredRecord::sequence)
                .containsExactly(Integer.MAX_VALUE - 1, Integer.MAX_VALUE, 0, 1);
    }

    @Test
    void spoiledBatches_areRefused() throws IOException {
        ByteBuffer wrongCrc = batch(-1, -1, -1, "a");
        wrongCrc.put(wrongCrc.limit() - 1, (byte) 1);
        assertRefused(wrongCrc, ErrorCode.CORRUPT_MESSAGE);

        ByteBuffer wrongOffset = batch(-1, -1, -1, "a");
        wrongOffset.putLong(BatchHeader.BASE_OFFSET_AT, 5);
        assertRefused(wrongOffset, ErrorCode.INVALID_RECORD);

        ByteBuffer wrongCount = batch(-1, -1, -1, "a", "b");
        wrongCount.putInt(BatchHeader.RECORD_COUNT_AT, 1);
        BatchHeader.sealCrc(new ByteBuffer[] {wrongCount}, 1);
        assertRefused(wrongCount, ErrorCode.INVALID_RECORD);

        ByteBuffer oldMagic = batch(-1, -1, -1, "a");
        oldMagic.put(BatchHeader.MAGIC_AT, (byte) 1);
        assertRefused(oldMagic, ErrorCode.INVALID_RECORD);

        ByteBuffer control = batch(-1, -1, -1, "a");
        control.putShort(BatchHeader.ATTRIBUTES_AT, (short) BatchHeader.CONTROL_BIT);
        BatchHeader.sealCrc(new ByteBuffer[] {control}, 1);
        assertRefused(control, ErrorCode.INVALID_RECORD);

        ByteBuffer two = ByteBuffer.allocate(1_000);
        two.put(batch(-1, -1, -1, "a")).put(batch(-1, -1, -1, "b")).flip();
        assertRefused(two, ErrorCode.INVALID_RECORD);

        assertRefused(batch(-1, -1, -1, "x".repeat(300)), ErrorCode.MESSAGE_TOO_LARGE);
        assertRefused(ByteBuffer.allocate(0), ErrorCode.INVALID_RECORD);
        assertThat(cluster.records("t")).isEmpty();
    }

    @Test
    void places_areChecked() throws IOException {
        ByteBuffer batch = batch(-1, -1, -1, "a");

        assertThat(error(send("t", new UUID(0, 0), 1, batch, BY_NAME))).isEqualTo(ErrorCode.NOT_LEADER_OR_FOLLOWER);
        assertThat(error(send("t", new UUID(0, 0), 2, batch, BY_NAME))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(error(send("u", new UUID(0, 0), 0, batch, BY_NAME))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
        assertThat(error(send("", new UUID(9, 9), 0, batch, (short) 13))).isEqualTo(ErrorCode.UNKNOWN_TOPIC_ID);
        assertThat(error(send("", cluster.topicId("t"), 0, batch, (short) 13))).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void notLeader_namesTheLeaderWithItsAddress() throws IOException {
        ProduceResponse answer = send("t", new UUID(0, 0), 1, batch(-1, -1, -1, "a"), BY_NAME);

        assertThat(answer.responses()
                        .get(0)
                        .partitionResponses()
                        .get(0)
                        .currentLeader()
                        .leaderId())
                .isEqualTo(2);
        assertThat("127.0.0.1:" + answer.nodeEndpoints().get(0).port()).isEqualTo(cluster.address(2));
    }

    @Test
    void zstd_needsProduceSeven() throws IOException {
        ByteBuffer zstd = MemoryRecords.withRecords(Compression.zstd().build(), new SimpleRecord("a".getBytes()))
                .buffer();

        assertThat(error(send("t", new UUID(0, 0), 0, zstd.duplicate(), (short) 6)))
                .isEqualTo(ErrorCode.UNSUPPORTED_COMPRESSION_TYPE);
        assertThat(error(send("t", new UUID(0, 0), 0, zstd.duplicate(), (short) 7)))
                .isEqualTo(ErrorCode.NONE);
    }

    @Test
    void apiVersionsOfAnUnknownVersion_isAnsweredInTheOldestForm() throws IOException {
        connection.write(new ApiVersionsRequest(), (short) 5, (short) 99);
        ByteBuffer frame = connection.readFrame();

        ApiVersionsResponse answer = new ApiVersionsResponse();
        WireReader reader = new WireReader(frame);
        new ResponseHeader().read(reader, (short) 0);
        answer.read(reader, (short) 0);

        assertThat(ErrorCode.forCode(answer.errorCode())).isEqualTo(ErrorCode.UNSUPPORTED_VERSION);
        assertThat(answer.apiKeys()).anyMatch(key -> key.apiKey() == ApiKey.API_VERSIONS.id() && key.maxVersion() == 5);
    }

    @Test
    void anotherBrokersNodeId_isToldToLookAgain() throws IOException {
        connection.write(
                new ApiVersionsRequest()
                        .clientSoftwareName("x")
                        .clientSoftwareVersion("1")
                        .nodeId(2),
                (short) 5,
                (short) 5);

        ApiVersionsResponse answer = connection.read(new ApiVersionsResponse(), (short) 5);

        assertThat(ErrorCode.forCode(answer.errorCode())).isEqualTo(ErrorCode.REBOOTSTRAP_REQUIRED);
    }

    @Test
    void whatIsNoRequest_closesTheConnection() throws IOException {
        connection.write("GET / HTTP/1.1\r\n\r\n".getBytes());

        assertThat(connection.isAtEnd()).isTrue();
    }

    private void assertRefused(ByteBuffer batch, ErrorCode error) throws IOException {
        assertThat(error(send("t", new UUID(0, 0), 0, batch, BY_NAME))).isEqualTo(error);
    }

    private long produce(ByteBuffer batch) throws IOException {
        ProduceResponse answer = send("t", new UUID(0, 0), 0, batch, BY_NAME);
        assertThat(error(answer)).isEqualTo(ErrorCode.NONE);
        return answer.responses().get(0).partitionResponses().get(0).baseOffset();
    }

    private static ErrorCode error(ProduceResponse answer) {
        return ErrorCode.forCode(
                answer.responses().get(0).partitionResponses().get(0).errorCode());
    }

    private static ByteBuffer batch(long producerId, int epoch, int sequence, String... values) {
        SimpleRecord[] records = IntStream.range(0, values.length)
                .mapToObj(i -> new SimpleRecord(1_000, null, values[i].getBytes()))
                .toArray(SimpleRecord[]::new);
        return producerId < 0
                ? MemoryRecords.withRecords(Compression.NONE, records).buffer()
                : MemoryRecords.withIdempotentRecords(Compression.NONE, producerId, (short) epoch, sequence, records)
                        .buffer();
    }

    private ProduceResponse send(String topic, UUID id, int partition, ByteBuffer batch, short version)
            throws IOException {
        TopicProduceData data = new TopicProduceData()
                .partitionData(
                        List.of(new PartitionProduceData().index(partition).records(Segments.of(batch))));
        connection.write(
                new ProduceRequest()
                        .acks((short) -1)
                        .timeoutMs(1_000)
                        .topicData(List.of(version >= 13 ? data.topicId(id) : data.name(topic))),
                version,
                version);
        return connection.read(new ProduceResponse(), version);
    }
}
