package io.penstock.internal.exchange;

import io.penstock.internal.network.NegotiatedVersions;
import io.penstock.internal.transaction.CoordinatorCommand.AddPartitions;
import io.penstock.internal.transaction.TxnPartition;
import io.penstock.wire.WireReader;
import io.penstock.wire.message.AddPartitionsToTxnRequest;
import io.penstock.wire.message.AddPartitionsToTxnRequest.AddPartitionsToTxnTopic;
import io.penstock.wire.message.AddPartitionsToTxnResponse;
import io.penstock.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnPartitionResult;
import io.penstock.wire.message.AddPartitionsToTxnResponse.AddPartitionsToTxnTopicResult;
import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Brings partitions into a transaction of the first protocol. Versions from 4 on are for brokers among themselves. */
final class AddPartitionsCall extends CoordinatorCall {

    private static final short HIGHEST_OF_CLIENTS = 3;

    private final AddPartitions command;

    AddPartitionsCall(AddPartitions command, Way way) {
        super(command, way);
        this.command = command;
    }

    @Override
    ApiKey key() {
        return ApiKey.ADD_PARTITIONS_TO_TXN;
    }

    @Override
    short version(NegotiatedVersions offered) {
        return offered.highest(ApiKey.ADD_PARTITIONS_TO_TXN, HIGHEST_OF_CLIENTS);
    }

    @Override
    Request request(short version) {
        Map<String, List<Integer>> partitions = new LinkedHashMap<>();
        for (TxnPartition each : command.partitions()) {
            partitions.computeIfAbsent(each.topic(), name -> new ArrayList<>()).add(each.partition());
        }
        List<AddPartitionsToTxnTopic> topics = new ArrayList<>();
        partitions.forEach((topic, which) -> topics.add(new AddPartitionsToTxnTopic()
                .name(topic)
                .partitions(which.stream().mapToInt(Integer::intValue).toArray())));
        return new AddPartitionsToTxnRequest()
                .v3AndBelowTransactionalId(command.transactionalId())
                .v3AndBelowProducerId(command.identity().producerId())
                .v3AndBelowProducerEpoch(command.identity().epoch())
                .v3AndBelowTopics(topics);
    }

    /** The coordinator takes all or none; of several errors the one that says most is told. */
    @Override
    Reply read(WireReader body, short version) {
        AddPartitionsToTxnResponse response = new AddPartitionsToTxnResponse();
        response.read(body, version);
        WorstError worst = new WorstError();
        for (AddPartitionsToTxnTopicResult topic : response.resultsByTopicV3AndBelow()) {
            for (AddPartitionsToTxnPartitionResult partition : topic.resultsByPartition()) {
                worst.add(topic.name(), partition.partitionIndex(), partition.partitionErrorCode());
            }
        }
        return new Reply(of(worst, command.partitions().size()), response.throttleTimeMs());
    }

    @Override
    String context() {
        List<TxnPartition> all = command.partitions();
        String which = all.size() > 3 ? all.size() + " partitions" : all.toString();
        return "Adding " + which + " to the transaction of " + command.transactionalId();
    }
}
