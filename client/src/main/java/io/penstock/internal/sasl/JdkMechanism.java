package io.penstock.internal.sasl;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.Principal;
import java.security.PrivilegedActionException;
import java.security.PrivilegedExceptionAction;
import java.util.Map;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.sasl.Sasl;
import javax.security.sasl.SaslClient;
import javax.security.sasl.SaslException;
import org.jspecify.annotations.Nullable;

/**
 * A mechanism that the JVM brings (GSSAPI) or a security provider of the user's adds, run as the subject of the login.
 *
 * <p>Kerberos looks up its keys while it answers, so each step may block.
 */
final class JdkMechanism implements Mechanism {

    private static final String GSSAPI = "GSSAPI";

    private final String name;
    private final Subject subject;
    private final SaslClient client;
    private final String principal;
    private boolean begun;

    JdkMechanism(String name, String service, String host, Subject subject, CallbackHandler handler)
            throws SaslException {
        this.name = name;
        this.subject = subject;
        this.principal = subject.getPrincipals().stream()
                .findFirst()
                .map(Principal::getName)
                .orElse("");
        String authorizationId = name.equals(GSSAPI) && !principal.isEmpty() ? principal : null;
        SaslClient made = asSubject(() -> Sasl.createSaslClient(
                new String[] {name},
                authorizationId,
                service,
                name.equals(GSSAPI) ? serviceHost(host) : host,
                Map.of(),
                handler));
        if (made == null) {
            throw new SaslException("no SASL mechanism " + name + " is known: Penstock has PLAIN, SCRAM-SHA-256,"
                    + " SCRAM-SHA-512, OAUTHBEARER and the JVM's GSSAPI; others need a security provider");
        }
        this.client = made;
    }

    /** A Kerberos service is known by its host's name, not by an address. */
    private static String serviceHost(String host) {
        try {
            return InetAddress.getByName(host).getHostName();
        } catch (UnknownHostException e) {
            return host;
        }
    }

    @Override
    public String principal() {
        return principal;
    }

    @Override
    public byte @Nullable [] evaluate(byte[] challenge) throws SaslException {
        boolean isFirst = !begun;
        begun = true;
        if (isFirst && !client.hasInitialResponse()) {
            return challenge; // begins with an empty message
        }
        return asSubject(() -> client.evaluateChallenge(challenge));
    }

    @Override
    public boolean isComplete() {
        return client.isComplete();
    }

    @Override
    public void dispose() {
        try {
            client.dispose();
        } catch (SaslException e) {
            // It holds nothing that the next exchange would miss.
        }
    }

    @SuppressWarnings("removal") // callAs comes with Java 18
    private <T> @Nullable T asSubject(PrivilegedExceptionAction<@Nullable T> action) throws SaslException {
        try {
            return Subject.doAs(subject, action);
        } catch (PrivilegedActionException e) {
            throw told(e.getException());
        }
    }

    private SaslException told(Exception failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String advice = name.equals(GSSAPI)
                ? "; check the service name (sasl.kerberos.service.name), the broker's host name, the clocks and the ticket"
                : "";
        return new SaslException(
                name + " failed: " + failure.getMessage() + (root == failure ? "" : " (" + root.getMessage() + ")")
                        + advice,
                failure);
    }
}
