package io.penstock.wire.message;

/** A message that asks something of a broker. */
public interface Request extends Message {

    /** What it asks for. */
    ApiKey apiKey();
}
