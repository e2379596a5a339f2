package io.penstock.internal.transaction;

import io.penstock.errors.ClusterAuthorizationException;
import io.penstock.errors.FencedInstanceIdException;
import io.penstock.errors.GroupAuthorizationException;
import io.penstock.errors.IllegalGenerationException;
import io.penstock.errors.InvalidPidMappingException;
import io.penstock.errors.InvalidProducerEpochException;
import io.penstock.errors.InvalidRecordException;
import io.penstock.errors.InvalidTxnStateException;
import io.penstock.errors.InvalidTxnTimeoutException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.OutOfOrderSequenceException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.RecordTooLargeException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.errors.TransactionAbortableException;
import io.penstock.errors.TransactionalIdAuthorizationException;
import io.penstock.errors.UnknownMemberIdException;
import io.penstock.errors.UnknownProducerIdException;
import io.penstock.errors.UnsupportedVersionException;
import io.penstock.wire.ErrorCode;

/** Failures of a transaction: which end the producer, and how they are told again to later callers. */
final class Failures {

    private static final String IN_DOUBT = ". A request to commit was not answered, so that nobody knows whether the"
            + " transaction counts; look for its records before you send them again";

    private Failures() {}

    /** Whether a record that failed so leaves the producer nothing to do, as in Kafka's own. */
    static boolean endsProducer(KafkaException cause) {
        return cause instanceof ProducerFencedException
                || cause instanceof TransactionalIdAuthorizationException
                || cause instanceof ClusterAuthorizationException
                || cause instanceof UnsupportedVersionException
                || cause instanceof InvalidPidMappingException;
    }

    /**
     * What a record's failure is told as by the calls of its transaction. One that was tried for long enough is not worth another try
     * in this transaction; and a commit that throws a {@link TimeoutException} always means that the commit itself takes so long.
     */
    static KafkaException ofRecord(
            KafkaException cause, TransactionProgress progress, int timeoutMillis, long nowNanos) {
        if (cause instanceof InvalidProducerEpochException) {
            return timedOut(cause, progress, timeoutMillis, nowNanos);
        }
        return cause.isRetriable() || cause instanceof InvalidTxnStateException
                ? new TransactionAbortableException(cause.getMessage(), cause)
                : cause;
    }

    /** What the coordinator's refusal is told as. */
    static KafkaException of(CoordinatorAnswer answer, TransactionProgress progress, int timeoutMillis, long nowNanos) {
        KafkaException cause = answer.cause();
        if (cause == null) {
            return new KafkaException("The coordinator answered " + answer.error());
        }
        if (progress.isInDoubt()) {
            String message = cause.getMessage() + IN_DOUBT;
            return answer.error() == ErrorCode.INVALID_PRODUCER_EPOCH
                    ? new ProducerFencedException(message, cause)
                    : again(cause, message);
        }
        return switch (answer.error()) {
            case PRODUCER_FENCED, INVALID_PRODUCER_EPOCH, INVALID_TXN_STATE ->
                timedOut(cause, progress, timeoutMillis, nowNanos);
            default -> cause;
        };
    }

    /** After its time, the coordinator has probably aborted the transaction by itself, and no other producer did. */
    private static KafkaException timedOut(
            KafkaException cause, TransactionProgress progress, int timeoutMillis, long nowNanos) {
        long openMillis = progress.isOpen() ? progress.openMillis(nowNanos) : 0;
        return openMillis < timeoutMillis
                ? cause
                : again(
                        cause,
                        cause.getMessage() + ". The transaction was open for " + openMillis + " ms, longer than"
                                + " transaction.timeout.ms=" + timeoutMillis + ", after which the coordinator aborts"
                                + " it by itself; commit sooner, or raise it");
    }

    /** What those are told who still wait when the producer is closed. */
    static KafkaException ofClosing(String transactionalId, TransactionProgress progress) {
        return new KafkaException("The producer was closed before the coordinator had answered"
                + (progress.isInDoubt()
                        ? IN_DOUBT
                        : "; a transaction that was open is aborted by the coordinator when its transaction.timeout.ms"
                                + " is over, or by the next initTransactions() of " + transactionalId));
    }

    /** What the call that was under way is told of it, with what to do. */
    static KafkaException ofCall(TransactionEvent call, TransactionEvent failure, KafkaException cause) {
        String advice =
                switch (failure) {
                    case FAILED -> ". Nothing of the transaction counts; call abortTransaction(), and then begin anew";
                    case FAILED_FATALLY -> ". Close the producer, remove the cause and make a new one";
                    default -> ". Remove the cause and call it again";
                };
        String what = String.valueOf(cause.getMessage());
        String sentence = what.endsWith(".") ? what.substring(0, what.length() - 1) : what;
        return again(cause, call.call() + " failed: " + sentence + advice);
    }

    /** A new exception of the same kind for another caller, where programs tell kinds apart; with the first as its cause. */
    static KafkaException again(KafkaException cause, String message) {
        if (cause instanceof TopicAuthorizationException topics) {
            return withCause(new TopicAuthorizationException(message, topics.unauthorizedTopics()), cause);
        }
        if (cause instanceof GroupAuthorizationException) {
            return withCause(new GroupAuthorizationException(message), cause);
        }
        if (cause instanceof TransactionalIdAuthorizationException) {
            return new TransactionalIdAuthorizationException(message, cause);
        }
        if (cause instanceof ClusterAuthorizationException) {
            return new ClusterAuthorizationException(message, cause);
        }
        if (cause instanceof ProducerFencedException) {
            return new ProducerFencedException(message, cause);
        }
        if (cause instanceof InvalidProducerEpochException) {
            return new InvalidProducerEpochException(message, cause);
        }
        if (cause instanceof UnsupportedVersionException) {
            return new UnsupportedVersionException(message, cause);
        }
        if (cause instanceof TimeoutException) {
            return new TimeoutException(message, cause);
        }
        return ofRarerKind(cause, message);
    }

    private static KafkaException ofRarerKind(KafkaException cause, String message) {
        if (cause instanceof TransactionAbortableException) {
            return new TransactionAbortableException(message, cause);
        }
        if (cause instanceof InvalidTxnStateException) {
            return new InvalidTxnStateException(message, cause);
        }
        if (cause instanceof InvalidTxnTimeoutException) {
            return new InvalidTxnTimeoutException(message, cause);
        }
        if (cause instanceof InvalidPidMappingException) {
            return new InvalidPidMappingException(message, cause);
        }
        if (cause instanceof OutOfOrderSequenceException) {
            return new OutOfOrderSequenceException(message, cause);
        }
        if (cause instanceof UnknownProducerIdException) {
            return new UnknownProducerIdException(message, cause);
        }
        if (cause instanceof RecordTooLargeException) {
            return new RecordTooLargeException(message, cause);
        }
        if (cause instanceof InvalidRecordException) {
            return new InvalidRecordException(message, cause);
        }
        if (cause instanceof FencedInstanceIdException) {
            return new FencedInstanceIdException(message, cause);
        }
        if (cause instanceof UnknownMemberIdException) {
            return new UnknownMemberIdException(message, cause);
        }
        if (cause instanceof IllegalGenerationException) {
            return new IllegalGenerationException(message, cause);
        }
        return new KafkaException(message, cause);
    }

    private static KafkaException withCause(KafkaException told, KafkaException cause) {
        told.initCause(cause);
        return told;
    }
}
