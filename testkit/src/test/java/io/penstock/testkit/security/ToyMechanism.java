package io.penstock.testkit.security;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslClientFactory;
import javax.security.sasl.SaslException;
import javax.security.sasl.SaslServer;
import javax.security.sasl.SaslServerFactory;

/**
 * A SASL mechanism that neither Kafka nor Penstock knows, in the way in which clouds bring theirs (AWS_MSK_IAM): a security provider
 * with factories of Java's own SASL. The broker sends a challenge, the client answers with its name and a signature over it.
 */
final class ToyMechanism {

    static final String NAME = "TOY-SIGNED";
    static final String SECRET = "toy-secret";
    private static final byte[] CHALLENGE = "sign this".getBytes(StandardCharsets.UTF_8);

    private ToyMechanism() {}

    private static String signature(String secret) {
        return Integer.toHexString((secret + new String(CHALLENGE, StandardCharsets.UTF_8)).hashCode());
    }

    /** Has both sides: broker and producer live in one JVM. */
    static final class ToyProvider extends Provider {
        private static final long serialVersionUID = 1L;

        ToyProvider() {
            super("PenstockToySasl", "1", "for a test");
            put("SaslClientFactory." + NAME, ClientFactory.class.getName());
            put("SaslServerFactory." + NAME, ServerFactory.class.getName());
        }
    }

    /** Makes the producer's side. */
    public static final class ClientFactory implements SaslClientFactory {
        @Override
        public SaslClient createSaslClient(
                String[] mechanisms,
                String authorizationId,
                String protocol,
                String serverName,
                Map<String, ?> props,
                CallbackHandler handler) {
            return new Client(handler);
        }

        @Override
        public String[] getMechanismNames(Map<String, ?> props) {
            return new String[] {NAME};
        }
    }

    /** Makes the broker's side. */
    public static final class ServerFactory implements SaslServerFactory {
        @Override
        public SaslServer createSaslServer(
                String mechanism, String protocol, String serverName, Map<String, ?> props, CallbackHandler handler) {
            return new Server();
        }

        @Override
        public String[] getMechanismNames(Map<String, ?> props) {
            return new String[] {NAME};
        }
    }

    /** What the two sides have in common, as Java has no type for it: no layer of security, and nothing to negotiate or to keep. */
    private abstract static class Toy {
        public String getMechanismName() {
            return NAME;
        }

        public byte[] unwrap(byte[] incoming, int offset, int len) {
            throw new UnsupportedOperationException();
        }

        public byte[] wrap(byte[] outgoing, int offset, int len) {
            throw new UnsupportedOperationException();
        }

        public Object getNegotiatedProperty(String name) {
            return null;
        }

        public void dispose() {}
    }

    private static final class Client extends Toy implements SaslClient {
        private final CallbackHandler handler;
        private boolean done;

        Client(CallbackHandler handler) {
            this.handler = handler;
        }

        @Override
        public boolean hasInitialResponse() {
            return false;
        }

        @Override
        public byte[] evaluateChallenge(byte[] challenge) throws SaslException {
            NameCallback name = new NameCallback("name");
            PasswordCallback secret = new PasswordCallback("secret", false);
            try {
                handler.handle(new Callback[] {name, secret});
            } catch (java.io.IOException | UnsupportedCallbackException e) {
                throw new SaslException("nobody says who this is", e);
            }
            done = true;
            return (name.getName() + ":" + signature(new String(secret.getPassword())))
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public boolean isComplete() {
            return done;
        }
    }

    private static final class Server extends Toy implements SaslServer {
        private String user = "";

        @Override
        public byte[] evaluateResponse(byte[] response) throws SaslException {
            if (response.length == 0) {
                return CHALLENGE;
            }
            String[] parts = new String(response, StandardCharsets.UTF_8).split(":", 2);
            if (!parts[1].equals(signature(SECRET))) {
                throw new SaslException("the signature is wrong");
            }
            user = parts[0];
            return new byte[0];
        }

        @Override
        public boolean isComplete() {
            return !user.isEmpty();
        }

        @Override
        public String getAuthorizationID() {
            return user;
        }
    }
}
