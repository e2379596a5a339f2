package io.penstock.security;

import io.penstock.producer.Configurable;
import java.security.Provider;
import java.util.Map;

/**
 * Makes a {@link Provider} of security algorithms that {@code security.providers} names; it is put in front of the JVM's own, for the
 * whole JVM (KIP-492). A class that is a provider itself may be named as well.
 */
public interface SecurityProviderCreator extends Configurable {

    /** The settings of the producer. */
    @Override
    default void configure(Map<String, ?> configs) {}

    /** Called once, after {@link #configure}. */
    Provider getProvider();
}
