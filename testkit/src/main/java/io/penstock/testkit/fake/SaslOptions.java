package io.penstock.testkit.fake;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How clients of a fake cluster have to authenticate. Immutable; its {@code toString} names no password.
 *
 * <pre>{@code
 * FakeCluster.builder().sasl(SaslOptions.mechanisms("PLAIN", "SCRAM-SHA-256").withUser("alice", "secret")).start();
 * }</pre>
 *
 * <p>Without a session lifetime a connection stays authenticated for good; with one it has to be renewed in time (KIP-368).
 */
public final class SaslOptions {

    /** All that fake brokers know. */
    public static final List<String> KNOWN_MECHANISMS =
            List.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER");

    private static final int DEFAULT_ITERATIONS = 4_096;

    private final Set<String> mechanisms;
    private final Map<String, String> passwords;
    private final Predicate<String> tokens;
    private final Duration sessionLifetime;
    private final int iterations;

    private SaslOptions(
            Set<String> mechanisms,
            Map<String, String> passwords,
            Predicate<String> tokens,
            Duration sessionLifetime,
            int iterations) {
        this.mechanisms = mechanisms;
        this.passwords = passwords;
        this.tokens = tokens;
        this.sessionLifetime = sessionLifetime;
        this.iterations = iterations;
    }

    /**
     * The mechanisms that brokers offer, with no users and no tokens that they accept.
     *
     * @throws IllegalArgumentException for one that is not among {@link #KNOWN_MECHANISMS}, or for none
     */
    public static SaslOptions mechanisms(String... names) {
        Set<String> offered = new LinkedHashSet<>(List.of(names));
        if (offered.isEmpty() || !KNOWN_MECHANISMS.containsAll(offered)) {
            throw new IllegalArgumentException("mechanisms are " + offered + ", must be some of " + KNOWN_MECHANISMS);
        }
        return new SaslOptions(offered, Map.of(), token -> false, Duration.ZERO, DEFAULT_ITERATIONS);
    }

    /** One more user, for PLAIN and SCRAM alike. */
    public SaslOptions withUser(String name, String password) {
        Map<String, String> more = new LinkedHashMap<>(passwords);
        more.put(name, password);
        return new SaslOptions(mechanisms, Map.copyOf(more), tokens, sessionLifetime, iterations);
    }

    /** Which bearer tokens are good. */
    public SaslOptions withTokens(Predicate<String> areGood) {
        return new SaslOptions(mechanisms, passwords, areGood, sessionLifetime, iterations);
    }

    /** For how long an authentication holds; zero for good. In milliseconds, as {@code connections.max.reauth.ms}. */
    public SaslOptions withSessionLifetime(Duration lifetime) {
        return new SaslOptions(mechanisms, passwords, tokens, lifetime, iterations);
    }

    /** How many rounds SCRAM's hash takes, 4,096 unless said otherwise. */
    public SaslOptions withIterations(int count) {
        return new SaslOptions(mechanisms, passwords, tokens, sessionLifetime, count);
    }

    Set<String> mechanisms() {
        return mechanisms;
    }

    Map<String, String> passwords() {
        return passwords;
    }

    Predicate<String> tokens() {
        return tokens;
    }

    Duration sessionLifetime() {
        return sessionLifetime;
    }

    int iterations() {
        return iterations;
    }

    @Override
    public String toString() {
        return mechanisms + " for " + passwords.keySet() + ", " + iterations + " iterations, session lifetime "
                + sessionLifetime;
    }
}
