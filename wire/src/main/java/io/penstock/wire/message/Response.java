package io.penstock.wire.message;

/** A message with which a broker answers a {@link Request}. */
public interface Response extends Message {

    /** What was asked for. */
    ApiKey apiKey();
}
