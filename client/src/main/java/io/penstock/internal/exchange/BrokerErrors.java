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

    private static ApiException create(ErrorCode code, String message) {
        return switch (code) {
            case NONE -> throw new IllegalArgumentException("no error: " + message);
            case UNKNOWN_SERVER_ERROR -> new UnknownServerException(message);
            case OFFSET_OUT_OF_RANGE -> new OffsetOutOfRangeException(message);
            case CORRUPT_MESSAGE -> new CorruptRecordException(message);
            case UNKNOWN_TOPIC_OR_PARTITION -> new UnknownTopicOrPartitionException(message);
            case INVALID_FETCH_SIZE -> new InvalidFetchSizeException(message);
            case LEADER_NOT_AVAILABLE -> new LeaderNotAvailableException(message);
            case NOT_LEADER_OR_FOLLOWER -> new NotLeaderOrFollowerException(message);
            case REQUEST_TIMED_OUT -> new TimeoutException(message);
            case BROKER_NOT_AVAILABLE -> new BrokerNotAvailableException(message);
            case REPLICA_NOT_AVAILABLE -> new ReplicaNotAvailableException(message);
            case MESSAGE_TOO_LARGE -> new RecordTooLargeException(message);
            case STALE_CONTROLLER_EPOCH -> new ControllerMovedException(message);
            case OFFSET_METADATA_TOO_LARGE -> new OffsetMetadataTooLarge(message);
            case NETWORK_EXCEPTION -> new NetworkException(message);
            case COORDINATOR_LOAD_IN_PROGRESS -> new CoordinatorLoadInProgressException(message);
            case COORDINATOR_NOT_AVAILABLE -> new CoordinatorNotAvailableException(message);
            case NOT_COORDINATOR -> new NotCoordinatorException(message);
            case INVALID_TOPIC_EXCEPTION -> new InvalidTopicException(message);
            case RECORD_LIST_TOO_LARGE -> new RecordBatchTooLargeException(message);
            case NOT_ENOUGH_REPLICAS -> new NotEnoughReplicasException(message);
            case NOT_ENOUGH_REPLICAS_AFTER_APPEND -> new NotEnoughReplicasAfterAppendException(message);
            case INVALID_REQUIRED_ACKS -> new InvalidRequiredAcksException(message);
            case ILLEGAL_GENERATION -> new IllegalGenerationException(message);
            case INCONSISTENT_GROUP_PROTOCOL -> new InconsistentGroupProtocolException(message);
            case INVALID_GROUP_ID -> new InvalidGroupIdException(message);
            case UNKNOWN_MEMBER_ID -> new UnknownMemberIdException(message);
            case INVALID_SESSION_TIMEOUT -> new InvalidSessionTimeoutException(message);
            case REBALANCE_IN_PROGRESS -> new RebalanceInProgressException(message);
            case INVALID_COMMIT_OFFSET_SIZE -> new InvalidCommitOffsetSizeException(message);
            case TOPIC_AUTHORIZATION_FAILED -> new TopicAuthorizationException(message);
            case GROUP_AUTHORIZATION_FAILED -> new GroupAuthorizationException(message);
            case CLUSTER_AUTHORIZATION_FAILED -> new ClusterAuthorizationException(message);
            case INVALID_TIMESTAMP -> new InvalidTimestampException(message);
            case UNSUPPORTED_SASL_MECHANISM -> new UnsupportedSaslMechanismException(message);
            case ILLEGAL_SASL_STATE -> new IllegalSaslStateException(message);
            case UNSUPPORTED_VERSION -> new UnsupportedVersionException(message);
            case TOPIC_ALREADY_EXISTS -> new TopicExistsException(message);
            case INVALID_PARTITIONS -> new InvalidPartitionsException(message);
            case INVALID_REPLICATION_FACTOR -> new InvalidReplicationFactorException(message);
            case INVALID_REPLICA_ASSIGNMENT -> new InvalidReplicaAssignmentException(message);
            case INVALID_CONFIG -> new InvalidConfigurationException(message);
            case NOT_CONTROLLER -> new NotControllerException(message);
            case INVALID_REQUEST -> new InvalidRequestException(message);
            case UNSUPPORTED_FOR_MESSAGE_FORMAT -> new UnsupportedForMessageFormatException(message);
            case POLICY_VIOLATION -> new PolicyViolationException(message);
            case OUT_OF_ORDER_SEQUENCE_NUMBER -> new OutOfOrderSequenceException(message);
            case DUPLICATE_SEQUENCE_NUMBER -> new DuplicateSequenceException(message);
            case INVALID_PRODUCER_EPOCH -> new InvalidProducerEpochException(message);
            case INVALID_TXN_STATE -> new InvalidTxnStateException(message);
            case INVALID_PRODUCER_ID_MAPPING -> new InvalidPidMappingException(message);
            case INVALID_TRANSACTION_TIMEOUT -> new InvalidTxnTimeoutException(message);
            case CONCURRENT_TRANSACTIONS -> new ConcurrentTransactionsException(message);
            case TRANSACTION_COORDINATOR_FENCED -> new TransactionCoordinatorFencedException(message);
            case TRANSACTIONAL_ID_AUTHORIZATION_FAILED -> new TransactionalIdAuthorizationException(message);
            case SECURITY_DISABLED -> new SecurityDisabledException(message);
            case OPERATION_NOT_ATTEMPTED -> new OperationNotAttemptedException(message);
            case KAFKA_STORAGE_ERROR -> new KafkaStorageException(message);
            case LOG_DIR_NOT_FOUND -> new LogDirNotFoundException(message);
            case SASL_AUTHENTICATION_FAILED -> new SaslAuthenticationException(message);
            case UNKNOWN_PRODUCER_ID -> new UnknownProducerIdException(message);
            case REASSIGNMENT_IN_PROGRESS -> new ReassignmentInProgressException(message);
            case DELEGATION_TOKEN_AUTH_DISABLED -> new DelegationTokenDisabledException(message);
            case DELEGATION_TOKEN_NOT_FOUND -> new DelegationTokenNotFoundException(message);
            case DELEGATION_TOKEN_OWNER_MISMATCH -> new DelegationTokenOwnerMismatchException(message);
            case DELEGATION_TOKEN_REQUEST_NOT_ALLOWED -> new UnsupportedByAuthenticationException(message);
            case DELEGATION_TOKEN_AUTHORIZATION_FAILED -> new DelegationTokenAuthorizationException(message);
            case DELEGATION_TOKEN_EXPIRED -> new DelegationTokenExpiredException(message);
            case INVALID_PRINCIPAL_TYPE -> new InvalidPrincipalTypeException(message);
            case NON_EMPTY_GROUP -> new GroupNotEmptyException(message);
            case GROUP_ID_NOT_FOUND -> new GroupIdNotFoundException(message);
            case FETCH_SESSION_ID_NOT_FOUND -> new FetchSessionIdNotFoundException(message);
            case INVALID_FETCH_SESSION_EPOCH -> new InvalidFetchSessionEpochException(message);
            case LISTENER_NOT_FOUND -> new ListenerNotFoundException(message);
            case TOPIC_DELETION_DISABLED -> new TopicDeletionDisabledException(message);
            case FENCED_LEADER_EPOCH -> new FencedLeaderEpochException(message);
            case UNKNOWN_LEADER_EPOCH -> new UnknownLeaderEpochException(message);
            case UNSUPPORTED_COMPRESSION_TYPE -> new UnsupportedCompressionTypeException(message);
            case STALE_BROKER_EPOCH -> new StaleBrokerEpochException(message);
            case OFFSET_NOT_AVAILABLE -> new OffsetNotAvailableException(message);
            case MEMBER_ID_REQUIRED -> new MemberIdRequiredException(message);
            case PREFERRED_LEADER_NOT_AVAILABLE -> new PreferredLeaderNotAvailableException(message);
            case GROUP_MAX_SIZE_REACHED -> new GroupMaxSizeReachedException(message);
            case FENCED_INSTANCE_ID -> new FencedInstanceIdException(message);
            case ELIGIBLE_LEADERS_NOT_AVAILABLE -> new EligibleLeadersNotAvailableException(message);
            case ELECTION_NOT_NEEDED -> new ElectionNotNeededException(message);
            case NO_REASSIGNMENT_IN_PROGRESS -> new NoReassignmentInProgressException(message);
            case GROUP_SUBSCRIBED_TO_TOPIC -> new GroupSubscribedToTopicException(message);
            case INVALID_RECORD -> new InvalidRecordException(message);
            case UNSTABLE_OFFSET_COMMIT -> new UnstableOffsetCommitException(message);
            case THROTTLING_QUOTA_EXCEEDED -> new ThrottlingQuotaExceededException(message);
            case PRODUCER_FENCED -> new ProducerFencedException(message);
            case RESOURCE_NOT_FOUND -> new ResourceNotFoundException(message);
            case DUPLICATE_RESOURCE -> new DuplicateResourceException(message);
            case UNACCEPTABLE_CREDENTIAL -> new UnacceptableCredentialException(message);
            case INCONSISTENT_VOTER_SET -> new InconsistentVoterSetException(message);
            case INVALID_UPDATE_VERSION -> new InvalidUpdateVersionException(message);
            case FEATURE_UPDATE_FAILED -> new FeatureUpdateFailedException(message);
            case PRINCIPAL_DESERIALIZATION_FAILURE -> new PrincipalDeserializationException(message);
            case SNAPSHOT_NOT_FOUND -> new SnapshotNotFoundException(message);
            case POSITION_OUT_OF_RANGE -> new PositionOutOfRangeException(message);
            case UNKNOWN_TOPIC_ID -> new UnknownTopicIdException(message);
            case DUPLICATE_BROKER_REGISTRATION -> new DuplicateBrokerRegistrationException(message);
            case BROKER_ID_NOT_REGISTERED -> new BrokerIdNotRegisteredException(message);
            case INCONSISTENT_TOPIC_ID -> new InconsistentTopicIdException(message);
            case INCONSISTENT_CLUSTER_ID -> new InconsistentClusterIdException(message);
            case TRANSACTIONAL_ID_NOT_FOUND -> new TransactionalIdNotFoundException(message);
            case FETCH_SESSION_TOPIC_ID_ERROR -> new FetchSessionTopicIdException(message);
            case INELIGIBLE_REPLICA -> new IneligibleReplicaException(message);
            case NEW_LEADER_ELECTED -> new NewLeaderElectedException(message);
            case OFFSET_MOVED_TO_TIERED_STORAGE -> new OffsetMovedToTieredStorageException(message);
            case FENCED_MEMBER_EPOCH -> new FencedMemberEpochException(message);
            case UNRELEASED_INSTANCE_ID -> new UnreleasedInstanceIdException(message);
            case UNSUPPORTED_ASSIGNOR -> new UnsupportedAssignorException(message);
            case STALE_MEMBER_EPOCH -> new StaleMemberEpochException(message);
            case MISMATCHED_ENDPOINT_TYPE -> new MismatchedEndpointTypeException(message);
            case UNSUPPORTED_ENDPOINT_TYPE -> new UnsupportedEndpointTypeException(message);
            case UNKNOWN_CONTROLLER_ID -> new UnknownControllerIdException(message);
            case UNKNOWN_SUBSCRIPTION_ID -> new UnknownSubscriptionIdException(message);
            case TELEMETRY_TOO_LARGE -> new TelemetryTooLargeException(message);
            case INVALID_REGISTRATION -> new InvalidRegistrationException(message);
            case TRANSACTION_ABORTABLE -> new TransactionAbortableException(message);
            case INVALID_RECORD_STATE -> new InvalidRecordStateException(message);
            case SHARE_SESSION_NOT_FOUND -> new ShareSessionNotFoundException(message);
            case INVALID_SHARE_SESSION_EPOCH -> new InvalidShareSessionEpochException(message);
            case FENCED_STATE_EPOCH -> new FencedStateEpochException(message);
            case INVALID_VOTER_KEY -> new InvalidVoterKeyException(message);
            case DUPLICATE_VOTER -> new DuplicateVoterException(message);
            case VOTER_NOT_FOUND -> new VoterNotFoundException(message);
            case INVALID_REGULAR_EXPRESSION -> new InvalidRegularExpression(message);
            case REBOOTSTRAP_REQUIRED -> new RebootstrapRequiredException(message);
            case STREAMS_INVALID_TOPOLOGY -> new StreamsInvalidTopologyException(message);
            case STREAMS_INVALID_TOPOLOGY_EPOCH -> new StreamsInvalidTopologyEpochException(message);
            case STREAMS_TOPOLOGY_FENCED -> new StreamsTopologyFencedException(message);
            case SHARE_SESSION_LIMIT_REACHED -> new ShareSessionLimitReachedException(message);
            case GROUP_DELETION_FAILED -> new GroupDeletionFailedException(message);
            case STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED ->
                new StreamsTopologyDescriptionUpdateFailedException(message);
            case CONTROLLER_ID_NOT_REGISTERED -> new ControllerIdNotRegisteredException(message);
        };
    }
}
