package io.penstock.wire;

/**
 * Every error code of the protocol, with what Kafka's own client makes of it.
 *
 * <p>Constants stand in the order of their codes, without gaps, from -1; {@link #forCode} counts on that and a test
 * compares the whole table with {@code kafka-clients}. What an error means for one record or one producer is decided
 * elsewhere: this is only the protocol's table.
 */
public enum ErrorCode {
    UNKNOWN_SERVER_ERROR(-1, "UnknownServerException"),
    NONE(0, ""),
    OFFSET_OUT_OF_RANGE(1, "OffsetOutOfRangeException"),
    CORRUPT_MESSAGE(2, "CorruptRecordException", Remedy.RETRY),
    UNKNOWN_TOPIC_OR_PARTITION(3, "UnknownTopicOrPartitionException", Remedy.REFRESH_AND_RETRY),
    INVALID_FETCH_SIZE(4, "InvalidFetchSizeException"),
    LEADER_NOT_AVAILABLE(5, "LeaderNotAvailableException", Remedy.REFRESH_AND_RETRY),
    NOT_LEADER_OR_FOLLOWER(6, "NotLeaderOrFollowerException", Remedy.REFRESH_AND_RETRY),
    REQUEST_TIMED_OUT(7, "TimeoutException", Remedy.RETRY),
    BROKER_NOT_AVAILABLE(8, "BrokerNotAvailableException"),
    REPLICA_NOT_AVAILABLE(9, "ReplicaNotAvailableException", Remedy.REFRESH_AND_RETRY),
    MESSAGE_TOO_LARGE(10, "RecordTooLargeException"),
    STALE_CONTROLLER_EPOCH(11, "ControllerMovedException"),
    OFFSET_METADATA_TOO_LARGE(12, "OffsetMetadataTooLarge"),
    NETWORK_EXCEPTION(13, "NetworkException", Remedy.REFRESH_AND_RETRY),
    COORDINATOR_LOAD_IN_PROGRESS(14, "CoordinatorLoadInProgressException", Remedy.RETRY),
    COORDINATOR_NOT_AVAILABLE(15, "CoordinatorNotAvailableException", Remedy.RETRY),
    NOT_COORDINATOR(16, "NotCoordinatorException", Remedy.RETRY),
    INVALID_TOPIC_EXCEPTION(17, "InvalidTopicException"),
    RECORD_LIST_TOO_LARGE(18, "RecordBatchTooLargeException"),
    NOT_ENOUGH_REPLICAS(19, "NotEnoughReplicasException", Remedy.RETRY),
    NOT_ENOUGH_REPLICAS_AFTER_APPEND(20, "NotEnoughReplicasAfterAppendException", Remedy.RETRY),
    INVALID_REQUIRED_ACKS(21, "InvalidRequiredAcksException"),
    ILLEGAL_GENERATION(22, "IllegalGenerationException"),
    INCONSISTENT_GROUP_PROTOCOL(23, "InconsistentGroupProtocolException"),
    INVALID_GROUP_ID(24, "InvalidGroupIdException"),
    UNKNOWN_MEMBER_ID(25, "UnknownMemberIdException"),
    INVALID_SESSION_TIMEOUT(26, "InvalidSessionTimeoutException"),
    REBALANCE_IN_PROGRESS(27, "RebalanceInProgressException"),
    INVALID_COMMIT_OFFSET_SIZE(28, "InvalidCommitOffsetSizeException"),
    TOPIC_AUTHORIZATION_FAILED(29, "TopicAuthorizationException"),
    GROUP_AUTHORIZATION_FAILED(30, "GroupAuthorizationException"),
    CLUSTER_AUTHORIZATION_FAILED(31, "ClusterAuthorizationException"),
    INVALID_TIMESTAMP(32, "InvalidTimestampException"),
    UNSUPPORTED_SASL_MECHANISM(33, "UnsupportedSaslMechanismException"),
    ILLEGAL_SASL_STATE(34, "IllegalSaslStateException"),
    UNSUPPORTED_VERSION(35, "UnsupportedVersionException"),
    TOPIC_ALREADY_EXISTS(36, "TopicExistsException"),
    INVALID_PARTITIONS(37, "InvalidPartitionsException"),
    INVALID_REPLICATION_FACTOR(38, "InvalidReplicationFactorException"),
    INVALID_REPLICA_ASSIGNMENT(39, "InvalidReplicaAssignmentException"),
    INVALID_CONFIG(40, "InvalidConfigurationException"),
    NOT_CONTROLLER(41, "NotControllerException", Remedy.RETRY),
    INVALID_REQUEST(42, "InvalidRequestException"),
    UNSUPPORTED_FOR_MESSAGE_FORMAT(43, "UnsupportedForMessageFormatException"),
    POLICY_VIOLATION(44, "PolicyViolationException"),
    OUT_OF_ORDER_SEQUENCE_NUMBER(45, "OutOfOrderSequenceException"),
    DUPLICATE_SEQUENCE_NUMBER(46, "DuplicateSequenceException"),
    INVALID_PRODUCER_EPOCH(47, "InvalidProducerEpochException"),
    INVALID_TXN_STATE(48, "InvalidTxnStateException"),
    INVALID_PRODUCER_ID_MAPPING(49, "InvalidPidMappingException"),
    INVALID_TRANSACTION_TIMEOUT(50, "InvalidTxnTimeoutException"),
    CONCURRENT_TRANSACTIONS(51, "ConcurrentTransactionsException", Remedy.RETRY),
    TRANSACTION_COORDINATOR_FENCED(52, "TransactionCoordinatorFencedException"),
    TRANSACTIONAL_ID_AUTHORIZATION_FAILED(53, "TransactionalIdAuthorizationException"),
    SECURITY_DISABLED(54, "SecurityDisabledException"),
    OPERATION_NOT_ATTEMPTED(55, "OperationNotAttemptedException"),
    KAFKA_STORAGE_ERROR(56, "KafkaStorageException", Remedy.REFRESH_AND_RETRY),
    LOG_DIR_NOT_FOUND(57, "LogDirNotFoundException"),
    SASL_AUTHENTICATION_FAILED(58, "SaslAuthenticationException"),
    UNKNOWN_PRODUCER_ID(59, "UnknownProducerIdException"),
    REASSIGNMENT_IN_PROGRESS(60, "ReassignmentInProgressException"),
    DELEGATION_TOKEN_AUTH_DISABLED(61, "DelegationTokenDisabledException"),
    DELEGATION_TOKEN_NOT_FOUND(62, "DelegationTokenNotFoundException"),
    DELEGATION_TOKEN_OWNER_MISMATCH(63, "DelegationTokenOwnerMismatchException"),
    DELEGATION_TOKEN_REQUEST_NOT_ALLOWED(64, "UnsupportedByAuthenticationException"),
    DELEGATION_TOKEN_AUTHORIZATION_FAILED(65, "DelegationTokenAuthorizationException"),
    DELEGATION_TOKEN_EXPIRED(66, "DelegationTokenExpiredException"),
    INVALID_PRINCIPAL_TYPE(67, "InvalidPrincipalTypeException"),
    NON_EMPTY_GROUP(68, "GroupNotEmptyException"),
    GROUP_ID_NOT_FOUND(69, "GroupIdNotFoundException"),
    FETCH_SESSION_ID_NOT_FOUND(70, "FetchSessionIdNotFoundException", Remedy.RETRY),
    INVALID_FETCH_SESSION_EPOCH(71, "InvalidFetchSessionEpochException", Remedy.RETRY),
    LISTENER_NOT_FOUND(72, "ListenerNotFoundException", Remedy.REFRESH_AND_RETRY),
    TOPIC_DELETION_DISABLED(73, "TopicDeletionDisabledException"),
    FENCED_LEADER_EPOCH(74, "FencedLeaderEpochException", Remedy.REFRESH_AND_RETRY),
    UNKNOWN_LEADER_EPOCH(75, "UnknownLeaderEpochException", Remedy.RETRY),
    UNSUPPORTED_COMPRESSION_TYPE(76, "UnsupportedCompressionTypeException"),
    STALE_BROKER_EPOCH(77, "StaleBrokerEpochException"),
    OFFSET_NOT_AVAILABLE(78, "OffsetNotAvailableException", Remedy.RETRY),
    MEMBER_ID_REQUIRED(79, "MemberIdRequiredException"),
    PREFERRED_LEADER_NOT_AVAILABLE(80, "PreferredLeaderNotAvailableException", Remedy.REFRESH_AND_RETRY),
    GROUP_MAX_SIZE_REACHED(81, "GroupMaxSizeReachedException"),
    FENCED_INSTANCE_ID(82, "FencedInstanceIdException"),
    ELIGIBLE_LEADERS_NOT_AVAILABLE(83, "EligibleLeadersNotAvailableException", Remedy.REFRESH_AND_RETRY),
    ELECTION_NOT_NEEDED(84, "ElectionNotNeededException", Remedy.REFRESH_AND_RETRY),
    NO_REASSIGNMENT_IN_PROGRESS(85, "NoReassignmentInProgressException"),
    GROUP_SUBSCRIBED_TO_TOPIC(86, "GroupSubscribedToTopicException"),
    INVALID_RECORD(87, "InvalidRecordException"),
    UNSTABLE_OFFSET_COMMIT(88, "UnstableOffsetCommitException", Remedy.RETRY),
    THROTTLING_QUOTA_EXCEEDED(89, "ThrottlingQuotaExceededException", Remedy.RETRY),
    PRODUCER_FENCED(90, "ProducerFencedException"),
    RESOURCE_NOT_FOUND(91, "ResourceNotFoundException"),
    DUPLICATE_RESOURCE(92, "DuplicateResourceException"),
    UNACCEPTABLE_CREDENTIAL(93, "UnacceptableCredentialException"),
    INCONSISTENT_VOTER_SET(94, "InconsistentVoterSetException"),
    INVALID_UPDATE_VERSION(95, "InvalidUpdateVersionException"),
    FEATURE_UPDATE_FAILED(96, "FeatureUpdateFailedException"),
    PRINCIPAL_DESERIALIZATION_FAILURE(97, "PrincipalDeserializationException"),
    SNAPSHOT_NOT_FOUND(98, "SnapshotNotFoundException"),
    POSITION_OUT_OF_RANGE(99, "PositionOutOfRangeException"),
    UNKNOWN_TOPIC_ID(100, "UnknownTopicIdException", Remedy.REFRESH_AND_RETRY),
    DUPLICATE_BROKER_REGISTRATION(101, "DuplicateBrokerRegistrationException"),
    BROKER_ID_NOT_REGISTERED(102, "BrokerIdNotRegisteredException"),
    INCONSISTENT_TOPIC_ID(103, "InconsistentTopicIdException", Remedy.REFRESH_AND_RETRY),
    INCONSISTENT_CLUSTER_ID(104, "InconsistentClusterIdException"),
    TRANSACTIONAL_ID_NOT_FOUND(105, "TransactionalIdNotFoundException"),
    FETCH_SESSION_TOPIC_ID_ERROR(106, "FetchSessionTopicIdException", Remedy.RETRY),
    INELIGIBLE_REPLICA(107, "IneligibleReplicaException"),
    NEW_LEADER_ELECTED(108, "NewLeaderElectedException"),
    OFFSET_MOVED_TO_TIERED_STORAGE(109, "OffsetMovedToTieredStorageException"),
    FENCED_MEMBER_EPOCH(110, "FencedMemberEpochException"),
    UNRELEASED_INSTANCE_ID(111, "UnreleasedInstanceIdException"),
    UNSUPPORTED_ASSIGNOR(112, "UnsupportedAssignorException"),
    STALE_MEMBER_EPOCH(113, "StaleMemberEpochException"),
    MISMATCHED_ENDPOINT_TYPE(114, "MismatchedEndpointTypeException"),
    UNSUPPORTED_ENDPOINT_TYPE(115, "UnsupportedEndpointTypeException"),
    UNKNOWN_CONTROLLER_ID(116, "UnknownControllerIdException"),
    UNKNOWN_SUBSCRIPTION_ID(117, "UnknownSubscriptionIdException"),
    TELEMETRY_TOO_LARGE(118, "TelemetryTooLargeException"),
    INVALID_REGISTRATION(119, "InvalidRegistrationException"),
    TRANSACTION_ABORTABLE(120, "TransactionAbortableException"),
    INVALID_RECORD_STATE(121, "InvalidRecordStateException"),
    SHARE_SESSION_NOT_FOUND(122, "ShareSessionNotFoundException", Remedy.RETRY),
    INVALID_SHARE_SESSION_EPOCH(123, "InvalidShareSessionEpochException", Remedy.RETRY),
    FENCED_STATE_EPOCH(124, "FencedStateEpochException"),
    INVALID_VOTER_KEY(125, "InvalidVoterKeyException"),
    DUPLICATE_VOTER(126, "DuplicateVoterException"),
    VOTER_NOT_FOUND(127, "VoterNotFoundException"),
    INVALID_REGULAR_EXPRESSION(128, "InvalidRegularExpression"),
    REBOOTSTRAP_REQUIRED(129, "RebootstrapRequiredException"),
    STREAMS_INVALID_TOPOLOGY(130, "StreamsInvalidTopologyException"),
    STREAMS_INVALID_TOPOLOGY_EPOCH(131, "StreamsInvalidTopologyEpochException"),
    STREAMS_TOPOLOGY_FENCED(132, "StreamsTopologyFencedException"),
    SHARE_SESSION_LIMIT_REACHED(133, "ShareSessionLimitReachedException", Remedy.RETRY),
    GROUP_DELETION_FAILED(134, "GroupDeletionFailedException"),
    STREAMS_TOPOLOGY_DESCRIPTION_UPDATE_FAILED(135, "StreamsTopologyDescriptionUpdateFailedException"),
    CONTROLLER_ID_NOT_REGISTERED(136, "ControllerIdNotRegisteredException");

    private static final ErrorCode[] BY_CODE = values();

    private final short code;
    private final String exceptionName;
    private final Remedy remedy;

    ErrorCode(int code, String exceptionName) {
        this(code, exceptionName, Remedy.NONE);
    }

    ErrorCode(int code, String exceptionName, Remedy remedy) {
        this.code = (short) code;
        this.exceptionName = exceptionName;
        this.remedy = remedy;
    }

    /** The number that stands for this error on the wire. */
    public short code() {
        return code;
    }

    /** Simple name of the exception that Kafka's client throws for it; empty for {@link #NONE}. */
    public String exceptionName() {
        return exceptionName;
    }

    /** Whether the same request may succeed later. */
    public boolean retriable() {
        return remedy != Remedy.NONE;
    }

    /** Whether it says that the sender's picture of the cluster is out of date; such an error is always retriable. */
    public boolean invalidatesMetadata() {
        return remedy == Remedy.REFRESH_AND_RETRY;
    }

    /** The error with this code; {@link #UNKNOWN_SERVER_ERROR} for one that a newer broker may have added. */
    public static ErrorCode forCode(short code) {
        int index = code - UNKNOWN_SERVER_ERROR.code;
        return index >= 0 && index < BY_CODE.length ? BY_CODE[index] : UNKNOWN_SERVER_ERROR;
    }

    private enum Remedy {
        NONE,
        RETRY,
        REFRESH_AND_RETRY
    }
}
