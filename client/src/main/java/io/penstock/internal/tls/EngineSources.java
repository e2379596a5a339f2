package io.penstock.internal.tls;

import io.penstock.errors.ConfigException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.config.TlsSettings;
import io.penstock.security.SslEngineFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;

/** Builds what the settings ask for, and finds out at once whether it works. On the thread that builds the producer. */
public final class EngineSources {

    private static final Peer NOBODY = new Peer("localhost", 9093, false);

    private EngineSources() {}

    /**
     * Reads the stores, or creates and configures the user's factory.
     *
     * @throws KafkaException if a setting or a store is of no use
     */
    public static EngineSource from(TlsSettings settings) {
        SslEngineFactory factory = settings.engineFactory().create();
        return factory == null ? ofStores(settings) : new FactoryEngines(factory, settings.endpointIdentification());
    }

    private static EngineSource ofStores(TlsSettings settings) {
        StoreEngines engines;
        try {
            engines = new StoreEngines(settings);
        } catch (IOException e) {
            throw new KafkaException("TLS cannot be set up: " + TlsFailures.message(e), e);
        } catch (GeneralSecurityException e) {
            throw new KafkaException(
                    "TLS cannot be set up: " + TlsFailures.message(e) + " (ssl.protocol=" + settings.protocol()
                            + ", ssl.provider=" + settings.provider() + ", ssl.secure.random.implementation="
                            + settings.secureRandom() + ")",
                    e);
        }
        tryOne(engines, settings);
        return engines;
    }

    /** Protocols and cipher suites are known to be wrong only when an engine is given them. */
    private static void tryOne(StoreEngines engines, TlsSettings settings) {
        SSLEngine engine;
        try {
            engine = engines.engine(NOBODY);
        } catch (IOException e) {
            throw new KafkaException("TLS cannot be set up: " + TlsFailures.message(e), e);
        } catch (IllegalArgumentException e) {
            ConfigException failure = new ConfigException("ssl.enabled.protocols=" + settings.enabledProtocols()
                    + " and ssl.cipher.suites=" + settings.cipherSuites() + " are not all known to this JVM ("
                    + TlsFailures.message(e) + ")");
            failure.initCause(e);
            throw failure;
        }
        if (engine.getEnabledProtocols().length == 0 || engine.getEnabledCipherSuites().length == 0) {
            throw new ConfigException("nothing can be agreed on with the protocols "
                    + Arrays.toString(engine.getEnabledProtocols()) + " and cipher suites "
                    + Arrays.toString(engine.getEnabledCipherSuites())
                    + ": check ssl.enabled.protocols and ssl.cipher.suites");
        }
    }
}
