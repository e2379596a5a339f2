package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;

/** Begins the authentication of connections. Loop only. */
public interface SaslExchanges {

    /** Connections are not authenticated by SASL. */
    SaslExchanges NONE = new SaslExchanges() {

        @Override
        public String mechanism() {
            return "";
        }

        @Override
        public SaslExchange open(HostPort broker) {
            throw new IllegalStateException("SASL is not used");
        }
    };

    /** The name that brokers know the mechanism by. */
    String mechanism();

    /** A new exchange with the broker that is known by this name. */
    SaslExchange open(HostPort broker);
}
