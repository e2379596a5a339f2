package io.penstock.internal.exchange;

import io.penstock.errors.ApiException;
import io.penstock.errors.BrokerIdNotRegisteredException;
import io.penstock.errors.BrokerNotAvailableException;
import io.penstock.errors.ClusterAuthorizationException;
import io.penstock.errors.ConcurrentTransactionsException;
import io.penstock.errors.ControllerIdNotRegisteredException;
import io.penstock.errors.ControllerMovedException;
import io.penstock.errors.CoordinatorLoadInProgressException;
import io.penstock.errors.CoordinatorNotAvailableException;
import io.penstock.errors.CorruptRecordException;
import io.penstock.errors.DelegationTokenAuthorizationException;
import io.penstock.errors.DelegationTokenDisabledException;
import io.penstock.errors.DelegationTokenExpiredException;
import io.penstock.errors.DelegationTokenNotFoundException;
import io.penstock.errors.DelegationTokenOwnerMismatchException;
import io.penstock.errors.DuplicateBrokerRegistrationException;
import io.penstock.errors.DuplicateResourceException;
import io.penstock.errors.DuplicateSequenceException;
import io.penstock.errors.DuplicateVoterException;
import io.penstock.errors.ElectionNotNeededException;
import io.penstock.errors.EligibleLeadersNotAvailableException;
import io.penstock.errors.FeatureUpdateFailedException;
import io.penstock.errors.FencedInstanceIdException;
import io.penstock.errors.FencedLeaderEpochException;
import io.penstock.errors.FencedMemberEpochException;
import io.penstock.errors.FencedStateEpochException;
import io.penstock.errors.FetchSessionIdNotFoundException;
import io.penstock.errors.FetchSessionTopicIdException;
import io.penstock.errors.GroupAuthorizationException;
import io.penstock.errors.GroupDeletionFailedException;
import io.penstock.errors.GroupIdNotFoundException;
import io.penstock.errors.GroupMaxSizeReachedException;
import io.penstock.errors.GroupNotEmptyException;
import io.penstock.errors.GroupSubscribedToTopicException;
import io.penstock.errors.IllegalGenerationException;
import io.penstock.errors.IllegalSaslStateException;
import io.penstock.errors.InconsistentClusterIdException;
import io.penstock.errors.InconsistentGroupProtocolException;
import io.penstock.errors.InconsistentTopicIdException;
import io.penstock.errors.InconsistentVoterSetException;
import io.penstock.errors.IneligibleReplicaException;
import io.penstock.errors.InvalidCommitOffsetSizeException;
import io.penstock.errors.InvalidConfigurationException;
import io.penstock.errors.InvalidFetchSessionEpochException;
import io.penstock.errors.InvalidFetchSizeException;
import io.penstock.errors.InvalidGroupIdException;
import io.penstock.errors.InvalidPartitionsException;
import io.penstock.errors.InvalidPidMappingException;
import io.penstock.errors.InvalidPrincipalTypeException;
import io.penstock.errors.InvalidProducerEpochException;
import io.penstock.errors.InvalidRecordException;
import io.penstock.errors.InvalidRecordStateException;
import io.penstock.errors.InvalidRegistrationException;
import io.penstock.errors.InvalidRegularExpression;
import io.penstock.errors.InvalidReplicaAssignmentException;
import io.penstock.errors.InvalidReplicationFactorException;
import io.penstock.errors.InvalidRequestException;
import io.penstock.errors.InvalidRequiredAcksException;
import io.penstock.errors.InvalidSessionTimeoutException;
import io.penstock.errors.InvalidShareSessionEpochException;
import io.penstock.errors.InvalidTimestampException;
import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.InvalidTxnStateException;
import io.penstock.errors.InvalidTxnTimeoutException;
import io.penstock.errors.InvalidUpdateVersionException;
import io.penstock.errors.InvalidVoterKeyException;
import io.penstock.errors.KafkaStorageException;
import io.penstock.errors.LeaderNotAvailableException;
import io.penstock.errors.ListenerNotFoundException;
import io.penstock.errors.LogDirNotFoundException;
import io.penstock.errors.MemberIdRequiredException;
import io.penstock.errors.MismatchedEndpointTypeException;
import io.penstock.errors.NetworkException;
import io.penstock.errors.NewLeaderElectedException;
import io.penstock.errors.NoReassignmentInProgressException;
import io.penstock.errors.NotControllerException;
import io.penstock.errors.NotCoordinatorException;
import io.penstock.errors.NotEnoughReplicasAfterAppendException;
import io.penstock.errors.NotEnoughReplicasException;
import io.penstock.errors.NotLeaderOrFollowerException;
import io.penstock.errors.OffsetMetadataTooLarge;
import io.penstock.errors.OffsetMovedToTieredStorageException;
import io.penstock.errors.OffsetNotAvailableException;
import io.penstock.errors.OffsetOutOfRangeException;
import io.penstock.errors.OperationNotAttemptedException;
import io.penstock.errors.OutOfOrderSequenceException;
import io.penstock.errors.PolicyViolationException;
import io.penstock.errors.PositionOutOfRangeException;
import io.penstock.errors.PreferredLeaderNotAvailableException;
import io.penstock.errors.PrincipalDeserializationException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.ReassignmentInProgressException;
import io.penstock.errors.RebalanceInProgressException;
import io.penstock.errors.RebootstrapRequiredException;
import io.penstock.errors.RecordBatchTooLargeException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.ReplicaNotAvailableException;
import io.penstock.errors.ResourceNotFoundException;
import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.SecurityDisabledException;
import io.penstock.errors.ShareSessionLimitReachedException;
import io.penstock.errors.ShareSessionNotFoundException;
import io.penstock.errors.SnapshotNotFoundException;
import io.penstock.errors.StaleBrokerEpochException;
import io.penstock.errors.StaleMemberEpochException;
import io.penstock.errors.StreamsInvalidTopologyEpochException;
import io.penstock.errors.StreamsInvalidTopologyException;
import io.penstock.errors.StreamsTopologyDescriptionUpdateFailedException;
import io.penstock.errors.StreamsTopologyFencedException;
import io.penstock.errors.TelemetryTooLargeException;
import io.penstock.errors.ThrottlingQuotaExceededException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.errors.TopicDeletionDisabledException;
import io.penstock.errors.TopicExistsException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.errors.TransactionCoordinatorFencedException;
import io.penstock.errors.TransactionalIdAuthorizationException;
import io.penstock.errors.TransactionalIdNotFoundException;
import io.penstock.errors.UnacceptableCredentialException;
import io.penstock.errors.UnknownControllerIdException;
import io.penstock.errors.UnknownLeaderEpochException;
import io.penstock.errors.UnknownMemberIdException;
import io.penstock.errors.UnknownProducerIdException;
import io.penstock.errors.UnknownServerException;
import io.penstock.errors.UnknownSubscriptionIdException;
import io.penstock.errors.UnknownTopicIdException;
import io.penstock.errors.UnknownTopicOrPartitionException;
import io.penstock.errors.UnreleasedInstanceIdException;
import io.penstock.errors.UnstableOffsetCommitException;
import io.penstock.errors.UnsupportedAssignorException;
import io.penstock.errors.UnsupportedByAuthenticationException;
import io.penstock.errors.UnsupportedCompressionTypeException;
import io.penstock.errors.UnsupportedEndpointTypeException;
import io.penstock.errors.UnsupportedForMessageFormatException;
import io.penstock.errors.UnsupportedSaslMechanismException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.errors.VoterNotFoundException;
import io.penstock.wire.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a broker's error code to the exception that a user meets.
 *
 * <p>One plain switch and no reflection, so that the compiler checks it and a native image needs no list of classes. Stateless; any
 * thread. The exception carries the outcome that the code alone implies for a produced batch; who knows of earlier attempts may set
 * another.
 */
public final class BrokerErrors {
    private BrokerErrors() {}

    /**
     * The exception for a code as it came off the wire; one that this client does not know becomes an {@link UnknownServerException}
     * that tells the number.
     */
    public static ApiException of(short code, @Nullable String brokerMessage, String context) {
        ErrorCode known = ErrorCode.forCode(code);
        return known.code() == code
                ? of(known, brokerMessage, context)
                : of(known, brokerMessage, context + ": error code " + code + ", which this client does not know");
    }

    /**
     * The exception for a code.
     *
     * @param brokerMessage what the broker said about it, if anything
     * @param context what was being done, with its values: "Produce to orders-3 at broker 2"
     * @throws IllegalArgumentException for {@link ErrorCode#NONE}
     */
    public static ApiException of(ErrorCode code, @Nullable String brokerMessage, String context) {
        StringBuilder message = new StringBuilder(context).append(": ").append(code);
        if (brokerMessage != null && !brokerMessage.isEmpty()) {
            message.append(", the broker says: ").append(brokerMessage);
        }
        String advice = advice(code);
        if (!advice.isEmpty()) {
            message.append(". ").append(advice);
        }
        ApiException exception = create(code, message.toString());
        exception.withOutcome(outcome(code));
        return exception;
    }

    /** The same for what concerns a topic: exceptions that name topics name it. */
    public static ApiException ofTopic(ErrorCode code, @Nullable String brokerMessage, String context, String topic) {
        ApiException plain = of(code, brokerMessage, context);
        ApiException named =
                switch (code) {
                    case TOPIC_AUTHORIZATION_FAILED ->
                        new TopicAuthorizationException(plain.getMessage(), Set.of(topic));
                    case INVALID_TOPIC_EXCEPTION -> new InvalidTopicException(plain.getMessage(), Set.of(topic));
                    default -> plain;
                };
        named.withOutcome(plain.outcome());
        return named;
    }

    /** What a produce answer with this code, and nothing else, says of the batch. */
    public static RecordOutcome outcome(ErrorCode code) {
        return switch (code) {
            case NONE, DUPLICATE_SEQUENCE_NUMBER -> RecordOutcome.WRITTEN;
            // NOT_LEADER_OR_FOLLOWER also ends the wait for replicas of a batch that the old leader has appended
            // already
            case UNKNOWN_SERVER_ERROR,
                    REQUEST_TIMED_OUT,
                    NETWORK_EXCEPTION,
                    NOT_LEADER_OR_FOLLOWER,
                    NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                    KAFKA_STORAGE_ERROR -> RecordOutcome.UNKNOWN;
            default -> RecordOutcome.NOT_WRITTEN;
        };
    }

    /** What the user can do, for the codes that a producer meets. */
    private static String advice(ErrorCode code) {
        return switch (code) {
            case UNKNOWN_SERVER_ERROR -> "The broker's log says more";
            case UNKNOWN_TOPIC_OR_PARTITION -> "Create the topic, or correct its name or the partition";
            case MESSAGE_TOO_LARGE -> "Send less in one record, or raise max.message.bytes of the topic";
            case RECORD_LIST_TOO_LARGE -> "Lower batch.size below segment.bytes of the topic";
            case INVALID_TOPIC_EXCEPTION ->
                "Topics are named with letters, digits, '.', '_' and '-', at most 249 of them";
            case NOT_ENOUGH_REPLICAS, NOT_ENOUGH_REPLICAS_AFTER_APPEND ->
                "Bring replicas back in sync, or lower min.insync.replicas of the topic";
            case TOPIC_AUTHORIZATION_FAILED -> "Grant WRITE and DESCRIBE on the topic to this client";
            case CLUSTER_AUTHORIZATION_FAILED ->
                "Grant IDEMPOTENT_WRITE on the cluster to this client, or set enable.idempotence=false";
            case TRANSACTIONAL_ID_AUTHORIZATION_FAILED -> "Grant WRITE and DESCRIBE on the transactional id";
            case INVALID_TIMESTAMP ->
                "Correct the record's timestamp, or the topic's message.timestamp.before.max.ms and after.max.ms";
            case UNSUPPORTED_COMPRESSION_TYPE ->
                "Choose another compression.type, or brokers from Kafka 2.1 on for zstd";
            case PRODUCER_FENCED -> "Close this producer: another one uses its transactional.id";
            case INVALID_TRANSACTION_TIMEOUT ->
                "Lower transaction.timeout.ms, or raise the broker's transaction.max.timeout.ms";
            default -> "";
        };
    }

    /** By the protocol's number: the map that a switch over all constants needs is a class of 9 KB. A test asks for every code. */
    private static ApiException create(ErrorCode code, String message) {
        return switch (code.code()) {
            case 0 -> throw new IllegalArgumentException("no error: " + message);
            case -1 -> new UnknownServerException(message);
            case 1 -> new OffsetOutOfRangeException(message);
            case 2 -> new CorruptRecordException(message);
            case 3 -> new UnknownTopicOrPartitionException(message);
            case 4 -> new InvalidFetchSizeException(message);
            case 5 -> new LeaderNotAvailableException(message);
            case 6 -> new NotLeaderOrFollowerException(message);
            case 7 -> new TimeoutException(message);
            case 8 -> new BrokerNotAvailableException(message);
            case 9 -> new ReplicaNotAvailableException(message);
            case 10 -> new RecordTooLargeException(message);
            case 11 -> new ControllerMovedException(message);
            case 12 -> new OffsetMetadataTooLarge(message);
            case 13 -> new NetworkException(message);
            case 14 -> new CoordinatorLoadInProgressException(message);
            case 15 -> new CoordinatorNotAvailableException(message);
            case 16 -> new NotCoordinatorException(message);
            case 17 -> new InvalidTopicException(message);
            case 18 -> new RecordBatchTooLargeException(message);
            case 19 -> new NotEnoughReplicasException(message);
            case 20 -> new NotEnoughReplicasAfterAppendException(message);
            case 21 -> new InvalidRequiredAcksException(message);
            case 22 -> new IllegalGenerationException(message);
            case 23 -> new InconsistentGroupProtocolException(message);
            case 24 -> new InvalidGroupIdException(message);
            case 25 -> new UnknownMemberIdException(message);
            case 26 -> new InvalidSessionTimeoutException(message);
            case 27 -> new RebalanceInProgressException(message);
            case 28 -> new InvalidCommitOffsetSizeException(message);
            case 29 -> new TopicAuthorizationException(message);
            case 30 -> new GroupAuthorizationException(message);
            case 31 -> new ClusterAuthorizationException(message);
            case 32 -> new InvalidTimestampException(message);
            case 33 -> new UnsupportedSaslMechanismException(message);
            case 34 -> new IllegalSaslStateException(message);
            case 35 -> new UnsupportedVersionException(message);
            case 36 -> new TopicExistsException(message);
            case 37 -> new InvalidPartitionsException(message);
            case 38 -> new InvalidReplicationFactorException(message);
            case 39 -> new InvalidReplicaAssignmentException(message);
            case 40 -> new InvalidConfigurationException(message);
            case 41 -> new NotControllerException(message);
            case 42 -> new InvalidRequestException(message);
            case 43 -> new UnsupportedForMessageFormatException(message);
            case 44 -> new PolicyViolationException(message);
            case 45 -> new OutOfOrderSequenceException(message);
            case 46 -> new DuplicateSequenceException(message);
            case 47 -> new InvalidProducerEpochException(message);
            case 48 -> new InvalidTxnStateException(message);
            case 49 -> new InvalidPidMappingException(message);
            case 50 -> new InvalidTxnTimeoutException(message);
            case 51 -> new ConcurrentTransactionsException(message);
            case 52 -> new TransactionCoordinatorFencedException(message);
            case 53 -> new TransactionalIdAuthorizationException(message);
            case 54 -> new SecurityDisabledException(message);
            case 55 -> new OperationNotAttemptedException(message);
            case 56 -> new KafkaStorageException(message);
            case 57 -> new LogDirNotFoundException(message);
            case 58 -> new SaslAuthenticationException(message);
            case 59 -> new UnknownProducerIdException(message);
            case 60 -> new ReassignmentInProgressException(message);
            case 61 -> new DelegationTokenDisabledException(message);
            case 62 -> new DelegationTokenNotFoundException(message);
            case 63 -> new DelegationTokenOwnerMismatchException(message);
            case 64 -> new UnsupportedByAuthenticationException(message);
            case 65 -> new DelegationTokenAuthorizationException(message);
            case 66 -> new DelegationTokenExpiredException(message);
            case 67 -> new InvalidPrincipalTypeException(message);
            case 68 -> new GroupNotEmptyException(message);
            case 69 -> new GroupIdNotFoundException(message);
            case 70 -> new FetchSessionIdNotFoundException(message);
            case 71 -> new InvalidFetchSessionEpochException(message);
            case 72 -> new ListenerNotFoundException(message);
            case 73 -> new TopicDeletionDisabledException(message);
            case 74 -> new FencedLeaderEpochException(message);
            case 75 -> new UnknownLeaderEpochException(message);
            case 76 -> new UnsupportedCompressionTypeException(message);
            case 77 -> new StaleBrokerEpochException(message);
            case 78 -> new OffsetNotAvailableException(message);
            case 79 -> new MemberIdRequiredException(message);
            case 80 -> new PreferredLeaderNotAvailableException(message);
            case 81 -> new GroupMaxSizeReachedException(message);
            case 82 -> new FencedInstanceIdException(message);
            case 83 -> new EligibleLeadersNotAvailableException(message);
            case 84 -> new ElectionNotNeededException(message);
            case 85 -> new NoReassignmentInProgressException(message);
            case 86 -> new GroupSubscribedToTopicException(message);
            case 87 -> new InvalidRecordException(message);
            case 88 -> new UnstableOffsetCommitException(message);
            case 89 -> new ThrottlingQuotaExceededException(message);
            case 90 -> new ProducerFencedException(message);
            case 91 -> new ResourceNotFoundException(message);
            case 92 -> new DuplicateResourceException(message);
            case 93 -> new UnacceptableCredentialException(message);
            case 94 -> new InconsistentVoterSetException(message);
            case 95 -> new InvalidUpdateVersionException(message);
            case 96 -> new FeatureUpdateFailedException(message);
            case 97 -> new PrincipalDeserializationException(message);
            case 98 -> new SnapshotNotFoundException(message);
            case 99 -> new PositionOutOfRangeException(message);
            case 100 -> new UnknownTopicIdException(message);
            case 101 -> new DuplicateBrokerRegistrationException(message);
            case 102 -> new BrokerIdNotRegisteredException(message);
            case 103 -> new InconsistentTopicIdException(message);
            case 104 -> new InconsistentClusterIdException(message);
            case 105 -> new TransactionalIdNotFoundException(message);
            case 106 -> new FetchSessionTopicIdException(message);
            case 107 -> new IneligibleReplicaException(message);
            case 108 -> new NewLeaderElectedException(message);
            case 109 -> new OffsetMovedToTieredStorageException(message);
            case 110 -> new FencedMemberEpochException(message);
            case 111 -> new UnreleasedInstanceIdException(message);
            case 112 -> new UnsupportedAssignorException(message);
            case 113 -> new StaleMemberEpochException(message);
            case 114 -> new MismatchedEndpointTypeException(message);
            case 115 -> new UnsupportedEndpointTypeException(message);
            case 116 -> new UnknownControllerIdException(message);
            case 117 -> new UnknownSubscriptionIdException(message);
            case 118 -> new TelemetryTooLargeException(message);
            case 119 -> new InvalidRegistrationException(message);
            case 120 -> new TransactionAbortableException(message);
            case 121 -> new InvalidRecordStateException(message);
            case 122 -> new ShareSessionNotFoundException(message);
            case 123 -> new InvalidShareSessionEpochException(message);
            case 124 -> new FencedStateEpochException(message);
            case 125 -> new InvalidVoterKeyException(message);
            case 126 -> new DuplicateVoterException(message);
            case 127 -> new VoterNotFoundException(message);
            case 128 -> new InvalidRegularExpression(message);
            case 129 -> new RebootstrapRequiredException(message);
            case 130 -> new StreamsInvalidTopologyException(message);
            case 131 -> new StreamsInvalidTopologyEpochException(message);
            case 132 -> new StreamsTopologyFencedException(message);
            case 133 -> new ShareSessionLimitReachedException(message);
            case 134 -> new GroupDeletionFailedException(message);
            case 135 -> new StreamsTopologyDescriptionUpdateFailedException(message);
            case 136 -> new ControllerIdNotRegisteredException(message);
            default -> throw new IllegalStateException("No exception for " + code);
        };
    }
}
