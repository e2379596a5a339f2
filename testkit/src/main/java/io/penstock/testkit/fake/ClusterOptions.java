package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds for a fake cluster as a whole, for as long as it lives.
 *
 * @param autoCreate how a topic is made that a client asks for and that is not there; null to make none
 * @param caps the newest version served of single requests, whatever the brokers' release; -1 for not at all
 * @param transactionVersion what the feature {@code transaction.version} stands at in the beginning
 * @param reportsOldDuplicates whether a batch older than the last five is a duplicate and not out of order
 * @param twoPhaseCommit how much of KIP-939 is served
 * @param sasl how clients authenticate; null when they need not
 * @param telemetry whether brokers collect clients' metrics; those that do not, do not know the requests
 */
record ClusterOptions(
        String clusterId,
        @Nullable TopicOptions autoCreate,
        Map<ApiKey, Short> caps,
        short transactionVersion,
        boolean reportsOldDuplicates,
        TwoPhaseCommit twoPhaseCommit,
        @Nullable SaslOptions sasl,
        boolean telemetry) {}
