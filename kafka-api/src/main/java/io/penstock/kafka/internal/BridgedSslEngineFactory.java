package io.penstock.kafka.internal;

import io.penstock.security.SslEngineFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyStore;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** The user's factory of TLS engines, of Apache's kind, as the engine asks it. Created by the engine by its class; as thread-safe as the user's. */
public final class BridgedSslEngineFactory implements SslEngineFactory {

    private org.apache.kafka.common.security.auth.@Nullable SslEngineFactory factory;

    @Override
    public void configure(Map<String, ?> configs) {
        ProducerPlugins<?, ?> plugins = ProducerPlugins.of(configs);
        factory = plugins.createSecurity(
                SecurityPlugins.ENGINE_FACTORY, org.apache.kafka.common.security.auth.SslEngineFactory.class);
        factory().configure(plugins.securityConfigs());
    }

    private org.apache.kafka.common.security.auth.SslEngineFactory factory() {
        return Objects.requireNonNull(factory, "not configured");
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        return factory().createClientSslEngine(peerHost, peerPort, endpointIdentification);
    }

    @Override
    public boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return factory().shouldBeRebuilt(nextConfigs);
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return factory().reconfigurableConfigs();
    }

    @Override
    public @Nullable KeyStore keystore() {
        return factory().keystore();
    }

    @Override
    public @Nullable KeyStore truststore() {
        return factory().truststore();
    }

    @Override
    public void close() {
        if (factory != null) {
            try {
                factory.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
