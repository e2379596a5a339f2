package io.penstock.internal.exchange;

import io.penstock.errors.IllegalSaslStateException;
import io.penstock.errors.KafkaException;
import io.penstock.errors.NetworkException;
import io.penstock.errors.SaslAuthenticationException;
import io.penstock.errors.SslAuthenticationException;
import io.penstock.errors.TimeoutException;
import io.penstock.errors.UnsupportedSaslMechanismException;
import io.penstock.internal.network.ConnectionException;

/** What the network reports, in the words of the public exceptions. */
public final class ConnectionErrors {

    private ConnectionErrors() {}

    /** A new exception each time: one is published for each record or batch. */
    public static KafkaException of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        ConnectionException.Reason reason =
                cause instanceof ConnectionException failure ? failure.reason() : ConnectionException.Reason.LOST;
        return switch (reason) {
            case REQUEST_TIMEOUT -> new TimeoutException(message, cause);
            case AUTHENTICATION_FAILED -> new SaslAuthenticationException(message, cause);
            case UNSUPPORTED_MECHANISM -> new UnsupportedSaslMechanismException(message, cause);
            case ILLEGAL_SASL_STATE -> new IllegalSaslStateException(message, cause);
            case TLS_REFUSED -> new SslAuthenticationException(message, cause);
            default -> new NetworkException(message, cause);
        };
    }
}
