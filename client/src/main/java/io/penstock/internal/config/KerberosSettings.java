package io.penstock.internal.config;

import org.jspecify.annotations.Nullable;

/**
 * How a Kerberos login is kept alive: {@code sasl.kerberos.*}.
 *
 * @param serviceName the first part of the brokers' principal; null when the login module says it
 * @param kinitCommand renews a ticket cache
 * @param renewWindowFactor which part of a ticket's lifetime is used before it is renewed
 * @param renewJitter how much is added to it at most, at random
 * @param minTimeBeforeReloginMillis between two logins
 */
public record KerberosSettings(
        @Nullable String serviceName,
        String kinitCommand,
        double renewWindowFactor,
        double renewJitter,
        long minTimeBeforeReloginMillis) {

    static KerberosSettings from(ConfigValues values) {
        return new KerberosSettings(
                (String) values.find("sasl.kerberos.service.name"),
                values.text("sasl.kerberos.kinit.cmd"),
                values.decimal("sasl.kerberos.ticket.renew.window.factor"),
                values.decimal("sasl.kerberos.ticket.renew.jitter"),
                values.longNumber("sasl.kerberos.min.time.before.relogin"));
    }
}
