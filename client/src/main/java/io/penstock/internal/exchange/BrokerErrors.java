package io.penstock.internal.exchange;

import io.penstock.errors.ApiException;
import io.penstock.errors.BrokerNotAvailableException;
import io.penstock.errors.ClusterAuthorizationException;
import io.penstock.errors.ConcurrentTransactionsException;
import io.penstock.errors.CoordinatorLoadInProgressException;
import io.penstock.errors.CoordinatorNotAvailableException;
import io.penstock.errors.CorruptRecordException;
import io.penstock.errors.DuplicateSequenceException;
import io.penstock.errors.FencedInstanceIdException;
import io.penstock.errors.FencedLeaderEpochException;
import io.penstock.errors.FencedMemberEpochException;
import io.penstock.errors.GroupAuthorizationException;
import io.penstock.errors.GroupIdNotFoundException;
import io.penstock.errors.IllegalGenerationException;
import io.penstock.errors.IllegalSaslStateException;
import io.penstock.errors.InconsistentTopicIdException;
import io.penstock.errors.InvalidCommitOffsetSizeException;
import io.penstock.errors.InvalidConfigurationException;
import io.penstock.errors.InvalidGroupIdException;
import io.penstock.errors.InvalidPartitionsException;
import io.penstock.errors.InvalidPidMappingException;
import io.penstock.errors.InvalidProducerEpochException;
import io.penstock.errors.InvalidRecordException;
import io.penstock.errors.InvalidReplicationFactorException;
import io.penstock.errors.InvalidRequestException;
import io.penstock.errors.InvalidRequiredAcksException;
import io.penstock.errors.InvalidTimestampException;
import io.penstock.errors.InvalidTopicException;
import io.penstock.errors.InvalidTxnStateException;
import io.penstock.errors.InvalidTxnTimeoutException;
import io.penstock.errors.KafkaStorageException;
import io.penstock.errors.LeaderNotAvailableException;
import io.penstock.errors.ListenerNotFoundException;
import io.penstock.errors.NetworkException;
import io.penstock.errors.NotCoordinatorException;
import io.penstock.errors.NotEnoughReplicasAfterAppendException;
import io.penstock.errors.NotEnoughReplicasException;
import io.penstock.errors.NotLeaderOrFollowerException;
import io.penstock.errors.OffsetMetadataTooLarge;
import io.penstock.errors.OperationNotAttemptedException;
import io.penstock.errors.OutOfOrderSequenceException;
import io.penstock.errors.PolicyViolationException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RebalanceInProgressException;
import io.penstock.errors.RebootstrapRequiredException;
import io.penstock.errors.RecordBatchTooLargeException;
import io.penstock.errors.RecordOutcome;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.ReplicaNotAvailableException;
import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.StaleMemberEpochException;
import io.penstock.errors.TelemetryTooLargeException;
import io.penstock.errors.ThrottlingQuotaExceededException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.errors.TopicExistsException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.errors.TransactionCoordinatorFencedException;
import io.penstock.errors.TransactionalIdAuthorizationException;
import io.penstock.errors.TransactionalIdNotFoundException;
import io.penstock.errors.UnexpectedRetriableException;
import io.penstock.errors.UnknownLeaderEpochException;
import io.penstock.errors.UnknownMemberIdException;
import io.penstock.errors.UnknownProducerIdException;
import io.penstock.errors.UnknownServerException;
import io.penstock.errors.UnknownSubscriptionIdException;
import io.penstock.errors.UnknownTopicIdException;
import io.penstock.errors.UnknownTopicOrPartitionException;
import io.penstock.errors.UnsupportedCompressionTypeException;
import io.penstock.errors.UnsupportedForMessageFormatException;
import io.penstock.errors.UnsupportedSaslMechanismException;
import io.penstock.errors.UnsupportedVersionException;
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
        if (known.code() == code) {
            return of(known, brokerMessage, context);
        }
        String place = context + ": error code " + code + ", which this client does not know";
        ApiException exception = new UnknownServerException(message(known, brokerMessage, place), code);
        exception.withOutcome(outcome(known));
        return exception;
    }

    /**
     * The exception for a code. Those that only consumers, administrators and brokers are told have no class of their own.
     *
     * @param brokerMessage what the broker said about it, if anything
     * @param context what was being done, with its values: "Produce to orders-3 at broker 2"
     * @throws IllegalArgumentException for {@link ErrorCode#NONE}
     */
    public static ApiException of(ErrorCode code, @Nullable String brokerMessage, String context) {
        ApiException exception = create(code, message(code, brokerMessage, context));
        exception.withOutcome(outcome(code));
        return exception;
    }

    private static String message(ErrorCode code, @Nullable String brokerMessage, String context) {
        StringBuilder message = new StringBuilder(context).append(": ").append(code);
        if (brokerMessage != null && !brokerMessage.isEmpty()) {
            message.append(", the broker says: ").append(brokerMessage);
        }
        String advice = advice(code);
        if (!advice.isEmpty()) {
            message.append(". ").append(advice);
        }
        return message.toString();
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

    /**
     * By the protocol's number: the map that a switch over so many constants needs is a class of several KB. The codes of answers to
     * produce, metadata, handshake, coordinator and telemetry requests; a test asks for every code that there is.
     */
    private static ApiException create(ErrorCode code, String message) {
        return switch (code.code()) {
            case 0 -> throw new IllegalArgumentException("no error: " + message);
            case -1 -> new UnknownServerException(message);
            case 2 -> new CorruptRecordException(message);
            case 3 -> new UnknownTopicOrPartitionException(message);
            case 5 -> new LeaderNotAvailableException(message);
            case 6 -> new NotLeaderOrFollowerException(message);
            case 7 -> new TimeoutException(message);
            case 8 -> new BrokerNotAvailableException(message);
            case 9 -> new ReplicaNotAvailableException(message);
            case 10 -> new RecordTooLargeException(message);
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
            case 24 -> new InvalidGroupIdException(message);
            case 25 -> new UnknownMemberIdException(message);
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
            case 40 -> new InvalidConfigurationException(message);
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
            case 55 -> new OperationNotAttemptedException(message);
            case 56 -> new KafkaStorageException(message);
            case 58 -> new SaslAuthenticationException(message);
            case 59 -> new UnknownProducerIdException(message);
            case 69 -> new GroupIdNotFoundException(message);
            case 72 -> new ListenerNotFoundException(message);
            case 74 -> new FencedLeaderEpochException(message);
            case 75 -> new UnknownLeaderEpochException(message);
            case 76 -> new UnsupportedCompressionTypeException(message);
            case 82 -> new FencedInstanceIdException(message);
            case 87 -> new InvalidRecordException(message);
            case 89 -> new ThrottlingQuotaExceededException(message);
            case 90 -> new ProducerFencedException(message);
            case 100 -> new UnknownTopicIdException(message);
            case 103 -> new InconsistentTopicIdException(message);
            case 105 -> new TransactionalIdNotFoundException(message);
            case 110 -> new FencedMemberEpochException(message);
            case 113 -> new StaleMemberEpochException(message);
            case 117 -> new UnknownSubscriptionIdException(message);
            case 118 -> new TelemetryTooLargeException(message);
            case 120 -> new TransactionAbortableException(message);
            case 129 -> new RebootstrapRequiredException(message);
            default -> notOfProducers(code, message);
        };
    }

    private static ApiException notOfProducers(ErrorCode code, String message) {
        String whole = message + ". No producer should be told of this error, which has the number " + code.code()
                + ": see the broker's log, and what stands between it and this client";
        return code.retriable()
                ? new UnexpectedRetriableException(whole, code.code())
                : new UnknownServerException(whole, code.code());
    }
}
