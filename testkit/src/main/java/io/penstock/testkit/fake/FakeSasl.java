package io.penstock.testkit.fake;

import java.time.Duration;

/**
 * Authentication on a fake cluster, under way: users come and go, sessions get shorter, brokers lie. Any thread may call.
 *
 * <p>Faults do the rest: {@code cluster.fault(ApiKey.SASL_AUTHENTICATE).neverAnswer()} makes a broker that stalls.
 */
public final class FakeSasl {

    private final ClusterModel model;

    FakeSasl(ClusterModel model) {
        this.model = model;
    }

    /** From now on the user has this password, for PLAIN and SCRAM; connections that are in stay in. */
    public void setPassword(String user, String password) {
        model.run(() -> model.sasl().password(user, password));
    }

    public void removeUser(String user) {
        model.run(() -> model.sasl().removeUser(user));
    }

    /** For how long authentications from now on hold; zero for good (KIP-368). */
    public void sessionLifetime(Duration lifetime) {
        model.run(() -> model.sasl().lifetime(lifetime));
    }

    /** What brokers say in exchanges goes through this from now on, see {@link SaslLie}. */
    public void tamper(SaslTamper with) {
        model.run(() -> model.sasl().tamper(with));
    }

    /** Brokers say what is true again. */
    public void beHonest() {
        model.run(() -> model.sasl().beHonest());
    }

    /** How many exchanges ended well, first ones and renewed ones. */
    public int successCount() {
        return model.locked(() -> model.sasl().successCount());
    }

    /** How many exchanges the brokers refused. */
    public int failureCount() {
        return model.locked(() -> model.sasl().failureCount());
    }
}
