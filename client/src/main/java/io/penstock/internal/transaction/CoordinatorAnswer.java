package io.penstock.internal.transaction;

import io.penstock.errors.KafkaException;
import io.penstock.internal.identity.ProducerIdentity;
import io.penstock.wire.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * What a coordinator said.
 *
 * @param cause what callers are told when the error is the end of it; null without an error
 * @param identity given with InitProducerId, and with EndTxn from version 5 on; else none
 * @param prepared of the transaction that InitProducerId has kept; else none
 * @param nodeId where FindCoordinator points; else -1
 */
public record CoordinatorAnswer(
        ErrorCode error,
        @Nullable KafkaException cause,
        ProducerIdentity identity,
        ProducerIdentity prepared,
        int nodeId) {

    public static CoordinatorAnswer done() {
        return given(ProducerIdentity.NONE, ProducerIdentity.NONE);
    }

    public static CoordinatorAnswer given(ProducerIdentity identity, ProducerIdentity prepared) {
        return new CoordinatorAnswer(ErrorCode.NONE, null, identity, prepared, -1);
    }

    public static CoordinatorAnswer found(int nodeId) {
        return new CoordinatorAnswer(ErrorCode.NONE, null, ProducerIdentity.NONE, ProducerIdentity.NONE, nodeId);
    }

    public static CoordinatorAnswer refused(ErrorCode error, KafkaException cause) {
        return new CoordinatorAnswer(error, cause, ProducerIdentity.NONE, ProducerIdentity.NONE, -1);
    }

    /** Whether the coordinator has surely done nothing; after other errors it may have. */
    boolean isRefusedBeforehand() {
        return switch (error) {
            case NONE, UNKNOWN_SERVER_ERROR -> false;
            default -> error == ErrorCode.CONCURRENT_TRANSACTIONS || !error.retriable();
        };
    }
}
