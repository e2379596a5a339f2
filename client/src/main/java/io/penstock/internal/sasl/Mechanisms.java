package io.penstock.internal.sasl;

import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.SaslException;

/** Makes the client's side of an exchange by the name of its mechanism. Any thread. */
final class Mechanisms {

    static final String OAUTHBEARER = "OAUTHBEARER";
    static final String GSSAPI = "GSSAPI";

    private Mechanisms() {}

    static Mechanism create(String name, String service, String host, Subject subject, CallbackHandler handler)
            throws SaslException {
        return switch (name) {
            case "PLAIN" -> new PlainMechanism(handler);
            case "SCRAM-SHA-256" -> new ScramMechanism(256, handler);
            case "SCRAM-SHA-512" -> new ScramMechanism(512, handler);
            case OAUTHBEARER -> new OAuthBearerMechanism(handler);
            default -> new JdkMechanism(name, service, host, subject, handler);
        };
    }
}
