package io.penstock.internal.exchange;

import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorCommand.CommitOffsets;
import io.penstock.internal.transaction.OffsetCommit;
import io.penstock.internal.transaction.OffsetCommit.Position;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import io.penstock.wire.message.TxnOffsetCommitRequest;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestPartition;
import io.penstock.wire.message.TxnOffsetCommitRequest.TxnOffsetCommitRequestTopic;
import io.penstock.wire.message.TxnOffsetCommitResponse;
import io.penstock.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponsePartition;
import io.penstock.wire.message.TxnOffsetCommitResponse.TxnOffsetCommitResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** Hands a group's positions to its coordinator, as part of the transaction; version 5 means the second protocol. */
final class CommitOffsetsCall extends CoordinatorCall {

    /** From here on the group sees which member commits (KIP-447). */
    private static final short MEMBER_VERSION = 3;

    private final CommitOffsets command;
    private final OffsetCommit commit;

    CommitOffsetsCall(CommitOffsets command, Way way) {
        super(command, way);
        this.command = command;
        this.commit = command.commit();
    }

    @Override
    ApiKey key() {
        return ApiKey.TXN_OFFSET_COMMIT;
    }

    @Override
    short version(NegotiatedVersions offered) {
        short highest =
                offered.highest(ApiKey.TXN_OFFSET_COMMIT, command.protocol().offsetCommitCap());
        // Without the member's fields the group could not refuse one that has lost its partitions.
        return hasMember() && highest < MEMBER_VERSION ? -1 : highest;
    }

    private boolean hasMember() {
        return commit.generation() >= 0 || !commit.memberId().isEmpty() || commit.instanceId() != null;
    }

    @Override
    Request request(short version) {
        Map<String, TxnOffsetCommitRequestTopic> topics = new LinkedHashMap<>();
        for (Position each : commit.positions()) {
            topics.computeIfAbsent(
                            each.topic(),
                            name -> new TxnOffsetCommitRequestTopic().name(name).partitions(new ArrayList<>()))
                    .partitions()
                    .add(new TxnOffsetCommitRequestPartition()
                            .partitionIndex(each.partition())
                            .committedOffset(each.offset())
                            .committedLeaderEpoch(each.leaderEpoch())
                            .committedMetadata(each.metadata()));
        }
        TxnOffsetCommitRequest request = new TxnOffsetCommitRequest()
                .transactionalId(command.transactionalId())
                .groupId(commit.groupId())
                .producerId(command.identity().producerId())
                .producerEpoch(command.identity().epoch())
                .topics(new ArrayList<>(topics.values()));
        if (version >= MEMBER_VERSION) {
            request.generationIdOrMemberEpoch(commit.generation())
                    .memberId(commit.memberId())
                    .groupInstanceId(commit.instanceId());
        }
        return request;
    }

    @Override
    Reply read(WireReader body, short version) {
        TxnOffsetCommitResponse response = new TxnOffsetCommitResponse();
        response.read(body, version);
        WorstError worst = new WorstError();
        for (TxnOffsetCommitResponseTopic topic : response.topics()) {
            for (TxnOffsetCommitResponsePartition partition : topic.partitions()) {
                worst.add(topic.name(), partition.partitionIndex(), partition.errorCode());
            }
        }
        return new Reply(of(worst, commit.positions().size()), response.throttleTimeMs());
    }

    @Override
    String context() {
        return "Offsets of group " + commit.groupId() + " in the transaction of " + command.transactionalId();
    }

    @Override
    String needs() {
        return hasMember()
                ? "a consumer's group metadata needs brokers of Kafka 2.5 or later; with older ones pass a"
                        + " ConsumerGroupMetadata of the group's name alone"
                : "transactions need brokers of Kafka 2.1 or later";
    }
}
