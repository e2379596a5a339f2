package io.penstock.internal.sasl;

import io.penstock.internal.config.KerberosSettings;
import java.io.IOException;
import java.util.Comparator;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.security.auth.Subject;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.kerberos.KerberosTicket;
import javax.security.auth.login.LoginContext;
import javax.security.auth.login.LoginException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kerberos login, made when the first connection asks and made anew before its ticket ends: with {@code useTicketCache=true} after the
 * command {@code kinit -R} has renewed the cache.
 *
 * <p>Authentication threads. The lock is held while the key server is asked. A new login has a new subject, so that an exchange under way
 * keeps its own.
 */
final class KerberosCredentials implements Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(SaslAuthentication.class);
    private static final long KINIT_SECONDS = 60;

    private final JaasSection section;
    private final CallbackHandler handler;
    private final KerberosSettings settings;
    private final TokenCredentials.Scheduler scheduler;

    private volatile @Nullable Subject current;
    private long loggedInMillis;

    KerberosCredentials(
            JaasSection section,
            CallbackHandler handler,
            KerberosSettings settings,
            TokenCredentials.Scheduler scheduler) {
        this.section = section;
        this.handler = handler;
        this.settings = settings;
        this.scheduler = scheduler;
    }

    @Override
    public Subject subject() throws LoginException {
        Subject subject = current;
        if (subject != null && isGood(subject)) {
            return subject;
        }
        synchronized (this) {
            subject = current;
            if (subject != null && (isGood(subject) || !mayLogIn())) {
                return subject;
            }
            return logIn();
        }
    }

    private boolean isGood(@Nullable Subject subject) {
        if (subject == null) {
            return false;
        }
        KerberosTicket ticket = ticket(subject);
        return ticket == null || ticket.isCurrent();
    }

    private boolean mayLogIn() {
        return System.currentTimeMillis() - loggedInMillis >= settings.minTimeBeforeReloginMillis();
    }

    private Subject logIn() throws LoginException {
        Subject subject = new Subject();
        new LoginContext(JaasSection.NAME, subject, handler, section).login();
        loggedInMillis = System.currentTimeMillis();
        current = subject;
        KerberosTicket ticket = ticket(subject);
        if (ticket != null) {
            later(waitMillis(ticket));
        }
        return subject;
    }

    private long waitMillis(KerberosTicket ticket) {
        long start = (ticket.getStartTime() == null ? ticket.getAuthTime() : ticket.getStartTime()).getTime();
        double share = settings.renewWindowFactor()
                + settings.renewJitter() * ThreadLocalRandom.current().nextDouble();
        long due = start + (long) ((ticket.getEndTime().getTime() - start) * share);
        return Math.max(settings.minTimeBeforeReloginMillis(), due - System.currentTimeMillis());
    }

    private void later(long waitMillis) {
        try {
            scheduler.schedule(this::renew, waitMillis);
        } catch (RejectedExecutionException e) {
            // The producer is closed.
        }
    }

    private void renew() {
        synchronized (this) {
            try {
                if (Boolean.parseBoolean(section.option("useTicketCache"))) {
                    renewCache();
                }
                logIn();
            } catch (LoginException | RuntimeException e) {
                long wait = Math.max(settings.minTimeBeforeReloginMillis(), 1000);
                LOG.warn(
                        "The Kerberos login could not be renewed: {}. It is tried again in {} ms",
                        e.getMessage(),
                        wait);
                later(wait);
            }
        }
    }

    private void renewCache() {
        String command = settings.kinitCommand();
        try {
            Process kinit = new ProcessBuilder(command, "-R")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kinit.waitFor(KINIT_SECONDS, TimeUnit.SECONDS)) {
                kinit.destroyForcibly();
                LOG.warn("{} -R did not end within {} s", command, KINIT_SECONDS);
            } else if (kinit.exitValue() != 0) {
                LOG.warn("{} -R ended with {}; the ticket cache may not be renewable", command, kinit.exitValue());
            }
        } catch (IOException e) {
            LOG.warn("{} -R (sasl.kerberos.kinit.cmd) could not be run: {}", command, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The ticket that gives others; null when keys are used that need none. */
    private static @Nullable KerberosTicket ticket(Subject subject) {
        return subject.getPrivateCredentials(KerberosTicket.class).stream()
                .filter(ticket -> ticket.getServer().getName().startsWith("krbtgt/"))
                .max(Comparator.comparing(KerberosTicket::getEndTime))
                .orElse(null);
    }
}
