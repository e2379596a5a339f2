package io.penstock.testkit.fake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How clients get in, as it stands now. Guarded by the cluster's lock. */
final class SaslBook {

    /** Says what is true. */
    private static final SaslTamper HONEST = (mechanism, step, honest) -> honest;

    private final @Nullable SaslOptions options;
    private final Map<String, String> passwords = new HashMap<>();
    private Duration lifetime;
    private SaslTamper tamper = HONEST;
    private int exchangeCount;
    private int successCount;
    private int failureCount;

    SaslBook(@Nullable SaslOptions options) {
        this.options = options;
        this.lifetime = options == null ? Duration.ZERO : options.sessionLifetime();
        if (options != null) {
            passwords.putAll(options.passwords());
        }
    }

    /** Whether clients have to authenticate at all. */
    boolean isRequired() {
        return options != null;
    }

    Set<String> mechanisms() {
        return options == null ? Set.of() : options.mechanisms();
    }

    /** A new exchange; only for a mechanism that is offered. */
    SaslServer open(String mechanism) {
        SaslOptions how = Objects.requireNonNull(options);
        exchangeCount++;
        return switch (mechanism) {
            case "PLAIN" -> new PlainServer(passwords);
            case "OAUTHBEARER" -> new BearerServer(how.tokens());
            default ->
                new ScramServer(ScramHash.of(mechanism), passwords, how.iterations(), Integer.toString(exchangeCount));
        };
    }

    byte[] tampered(String mechanism, int step, byte[] honest) {
        return tamper.answer(mechanism, step, honest);
    }

    void tamper(SaslTamper with) {
        tamper = with;
    }

    void beHonest() {
        tamper = HONEST;
    }

    void password(String user, String password) {
        passwords.put(user, password);
    }

    void removeUser(String user) {
        passwords.remove(user);
    }

    Duration lifetime() {
        return lifetime;
    }

    void lifetime(Duration newLifetime) {
        lifetime = newLifetime;
    }

    void count(boolean success) {
        if (success) {
            successCount++;
        } else {
            failureCount++;
        }
    }

    int successCount() {
        return successCount;
    }

    int failureCount() {
        return failureCount;
    }
}
