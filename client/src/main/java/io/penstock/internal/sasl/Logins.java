package io.penstock.internal.sasl;

import io.penstock.errors.ConfigException;
import io.penstock.internal.config.SaslSettings;
import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.Login;
import io.penstock.security.OAuthBearerLoginProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.jspecify.annotations.Nullable;

/** Chooses the login that the settings ask for, and makes the user's handlers. Runs when the producer is built. */
final class Logins {

    /** Kafka's default for mechanisms other than Kerberos, which only needs some name. */
    private static final String ANY_SERVICE = "kafka";

    private static final String SERVICE_OPTION = "serviceName";

    /** What a login consists of. */
    record Parts(
            Credentials credentials,
            @Nullable AuthenticateCallbackHandler clientHandler,
            @Nullable AuthenticateCallbackHandler loginHandler,
            String serviceName) {}

    private final SaslSettings settings;
    private final AuthenticationThreads threads;
    private final JaasSection section;
    private final List<AutoCloseable> made = new ArrayList<>();

    private Logins(SaslSettings settings, AuthenticationThreads threads) {
        this.settings = settings;
        this.threads = threads;
        this.section = JaasSection.find(settings.jaasConfig());
    }

    static Parts create(SaslSettings settings, AuthenticationThreads threads) {
        Logins logins = new Logins(settings, threads);
        try {
            return logins.parts();
        } catch (RuntimeException | Error e) {
            for (AutoCloseable each : logins.made) {
                try {
                    each.close();
                } catch (Exception suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            throw e;
        }
    }

    private Parts parts() {
        AuthenticateCallbackHandler client = keep(() -> settings.createClientHandler(section.entries()));
        AuthenticateCallbackHandler login = keep(() -> settings.createLoginHandler(section.entries()));
        Login own = keep(settings::createLogin);
        if (own != null) {
            own.configure(
                    settings.pluginConfigs(),
                    JaasSection.NAME,
                    section,
                    login == null ? NoLoginQuestions.INSTANCE : login);
            return new Parts(new UserLogin(own), client, login, own.serviceName());
        }
        LoginModules module = LoginModules.of(section.entries());
        checkFits(module);
        if (login == null && module == LoginModules.OAUTHBEARER) {
            login = keep(this::tokens);
        }
        return new Parts(credentials(module, login, client != null), client, login, serviceName());
    }

    /** The handler of the module that fetches tokens. */
    private AuthenticateCallbackHandler tokens() {
        for (OAuthBearerLoginProvider each : ServiceLoader.load(OAuthBearerLoginProvider.class)) {
            AuthenticateCallbackHandler handler = each.createHandler();
            handler.configure(settings.pluginConfigs(), settings.mechanism(), section.entries());
            return handler;
        }
        throw new ConfigException(
                "sasl.mechanism=OAUTHBEARER needs somebody who fetches tokens: add io.penstock:penstock-oauth to"
                        + " the class path, or name a sasl.login.callback.handler.class");
    }

    private <T extends AutoCloseable> @Nullable T keep(Supplier<@Nullable T> maker) {
        T plugin = maker.get();
        if (plugin != null) {
            made.add(plugin);
        }
        return plugin;
    }

    private Credentials credentials(
            LoginModules module, @Nullable AuthenticateCallbackHandler login, boolean answeredByUser) {
        CallbackHandler answers = login == null ? Logins::refuse : login;
        return switch (module) {
            case PLAIN, SCRAM -> named(section.entries().get(0), answeredByUser);
            case OAUTHBEARER ->
                new TokenCredentials(answers, settings.refresh(), threads::schedule, System::currentTimeMillis);
            case FOREIGN ->
                settings.mechanism().equals(Mechanisms.GSSAPI)
                        ? new KerberosCredentials(section, answers, settings.kerberos(), threads::schedule)
                        : new JaasCredentials(section, answers);
        };
    }

    /** A module for another mechanism is a slip that would otherwise show as a refusal by the broker. */
    private void checkFits(LoginModules module) {
        String mechanism = settings.mechanism();
        boolean fits =
                switch (module) {
                    case PLAIN -> !mechanism.startsWith("SCRAM-") && !isTokenOrTicket(mechanism);
                    case SCRAM -> !mechanism.equals("PLAIN") && !isTokenOrTicket(mechanism);
                    case OAUTHBEARER -> mechanism.equals(Mechanisms.OAUTHBEARER);
                    case FOREIGN -> true;
                };
        if (!fits) {
            throw new ConfigException(
                    "sasl.mechanism",
                    mechanism,
                    "the login module of the JAAS configuration is "
                            + section.entries().get(0).getLoginModuleName() + ", which is for another mechanism"
                            + (mechanism.equals(Mechanisms.GSSAPI)
                                    ? " (GSSAPI is the default: set sasl.mechanism)"
                                    : ""));
        }
    }

    private static boolean isTokenOrTicket(String mechanism) {
        return mechanism.equals(Mechanisms.OAUTHBEARER) || mechanism.equals(Mechanisms.GSSAPI);
    }

    private static Credentials named(AppConfigurationEntry entry, boolean answeredByUser) {
        for (String option : List.of("username", "password")) {
            if (!answeredByUser && entry.getOptions().get(option) == null) {
                throw new ConfigException("the login module " + entry.getLoginModuleName()
                        + " of the JAAS configuration has no option " + option + "; add " + option
                        + "=\"...\", or name a sasl.client.callback.handler.class that knows it");
            }
        }
        return Credentials.fixed(() -> LoginModules.subject(entry.getOptions()));
    }

    private String serviceName() {
        String ofModule = section.option(SERVICE_OPTION);
        String ofSettings = settings.kerberos().serviceName();
        if (ofModule != null && ofSettings != null && !ofModule.equals(ofSettings)) {
            throw new ConfigException(
                    "sasl.kerberos.service.name", ofSettings, "the JAAS configuration says serviceName=" + ofModule);
        }
        String name = ofSettings != null ? ofSettings : ofModule;
        if (name == null && settings.mechanism().equals(Mechanisms.GSSAPI)) {
            throw new ConfigException(
                    "configuration sasl.kerberos.service.name is required with sasl.mechanism=GSSAPI: the"
                            + " first part of the brokers' Kerberos principal, usually kafka");
        }
        return name == null ? ANY_SERVICE : name;
    }

    /** A JAAS module that asks somebody, where nobody is there to answer. */
    private static void refuse(javax.security.auth.callback.Callback[] callbacks) throws UnsupportedCallbackException {
        throw new UnsupportedCallbackException(
                callbacks[0], "the login module asks a question; answer it with a sasl.login.callback.handler.class");
    }

    /** Refuses every question of a login. */
    private enum NoLoginQuestions implements AuthenticateCallbackHandler {
        INSTANCE;

        @Override
        public void configure(
                java.util.Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void handle(javax.security.auth.callback.Callback[] callbacks) throws UnsupportedCallbackException {
            refuse(callbacks);
        }

        @Override
        public void close() {}
    }
}
