package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/** The replication factor is invalid or larger than the number of brokers. */
public class InvalidReplicationFactorException extends InvalidConfigurationException {
    private static final long serialVersionUID = 1L;

    public InvalidReplicationFactorException(@Nullable String message) {
        super(message);
    }

    public InvalidReplicationFactorException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
