package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.errors.TopicAuthorizationException;
import io.penstock.wire.ErrorCode;
import io.penstock.wire.WireFormatException;
import java.util.Set;
import java.util.TreeSet;

/** Of the errors of several partitions in one answer the one that decides: a lasting one before one that passes. */
final class WorstError {

    private ErrorCode worst = ErrorCode.NONE;
    private String where = "";
    private int count;
    private final Set<String> unauthorizedTopics = new TreeSet<>();

    void add(String topic, int partition, short errorCode) {
        count++;
        ErrorCode error = ErrorCode.forCode(errorCode);
        if (error == ErrorCode.TOPIC_AUTHORIZATION_FAILED) {
            unauthorizedTopics.add(topic);
        }
        if (rank(error) > rank(worst)) {
            worst = error;
            where = topic + "-" + partition;
        }
    }

    private static int rank(ErrorCode error) {
        return switch (error) {
            case NONE -> 0;
            case OPERATION_NOT_ATTEMPTED -> 1; // because of another one's error
            default -> error.retriable() ? 2 : 3;
        };
    }

    /** A broker that leaves something out is not to be believed. */
    void requireAnswers(int asked) {
        if (count < asked) {
            throw new WireFormatException("The answer is for " + count + " partitions, asked were " + asked);
        }
    }

    ErrorCode error() {
        return worst;
    }

    KafkaException cause(String context) {
        KafkaException told = BrokerErrors.of(worst, null, context + ", " + where);
        return unauthorizedTopics.isEmpty() || worst != ErrorCode.TOPIC_AUTHORIZATION_FAILED
                ? told
                : new TopicAuthorizationException(told.getMessage(), unauthorizedTopics);
    }
}
