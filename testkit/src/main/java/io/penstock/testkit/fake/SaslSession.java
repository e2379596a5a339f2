package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far one connection has got with authentication. Guarded by the cluster's lock.
 *
 * <p>Before it is in, a client may ask for versions, shake hands and authenticate, and nothing else. Once its time is over it
 * may only begin anew, by a handshake; anything else costs the connection, as with a real broker.
 */
final class SaslSession {

    private static final long FOR_GOOD = Long.MAX_VALUE;

    private final boolean required;
    private @Nullable SaslServer exchange;
    private String mechanism = "";
    private String principal = "";
    private int step;
    private boolean authenticated;
    private long expiresAtNanos = FOR_GOOD;

    SaslSession(boolean required) {
        this.required = required;
    }

    /** Whether a request of this kind may come now. */
    boolean admits(ApiKey key, long nowNanos) {
        if (!required) {
            return true;
        }
        if (exchange != null) {
            return key == ApiKey.SASL_AUTHENTICATE || (!authenticated && key == ApiKey.SASL_HANDSHAKE);
        }
        if (!authenticated) {
            return key == ApiKey.API_VERSIONS || key == ApiKey.SASL_HANDSHAKE;
        }
        return !isExpired(nowNanos) || key == ApiKey.SASL_HANDSHAKE;
    }

    private boolean isExpired(long nowNanos) {
        return expiresAtNanos != FOR_GOOD && nowNanos - expiresAtNanos > 0;
    }

    /** Whether a handshake may begin now; a second time only where sessions end. */
    boolean mayBegin() {
        return required && (!authenticated || expiresAtNanos != FOR_GOOD);
    }

    /** A session that is renewed keeps its mechanism. */
    boolean mayUse(String name) {
        return !authenticated || mechanism.equals(name);
    }

    void begin(String name, SaslServer server) {
        mechanism = name;
        exchange = server;
        step = 0;
    }

    @Nullable
    SaslServer exchange() {
        return exchange;
    }

    String mechanism() {
        return mechanism;
    }

    int nextStep() {
        return ++step;
    }

    /** Who it is now; false when that is another one than before. */
    boolean succeed(String who, Duration lifetime, long nowNanos) {
        if (authenticated && !principal.equals(who)) {
            return false;
        }
        principal = who;
        authenticated = true;
        exchange = null;
        expiresAtNanos = lifetime.isZero() ? FOR_GOOD : nowNanos + lifetime.toNanos();
        return true;
    }
}
