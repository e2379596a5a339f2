package io.penstock.internal.exchange;

import io.penstock.errors.KafkaException;
import io.penstock.errors.NetworkException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.network.ConnectionException;

/** What the network reports, in the words of the public exceptions. */
final class ConnectionErrors {

    private ConnectionErrors() {}

    static KafkaException of(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        boolean late = cause instanceof ConnectionException failure
                && failure.reason() == ConnectionException.Reason.REQUEST_TIMEOUT;
        return late ? new TimeoutException(message, cause) : new NetworkException(message, cause);
    }
}
