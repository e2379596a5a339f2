package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The assignment of replicas is invalid. */
public class InvalidReplicaAssignmentException extends ApiException {
    private static final long serialVersionUID = 1L;

    public InvalidReplicaAssignmentException(@Nullable String message) {
        super(message);
    }

    public InvalidReplicaAssignmentException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
