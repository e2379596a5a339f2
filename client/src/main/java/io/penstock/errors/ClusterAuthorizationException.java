package io.penstock.errors;

import org.jspecify.annotations.Nullable;

/**
 * This client may not do what was asked of the cluster, for instance write idempotently. Fatal for the
 * producer.
 */
public class ClusterAuthorizationException extends AuthorizationException {
    private static final long serialVersionUID = 1L;

    public ClusterAuthorizationException(@Nullable String message) {
        super(message);
    }

    public ClusterAuthorizationException(@Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @Override
    public boolean isFatal() {
        return true;
    }
}
