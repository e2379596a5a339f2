package io.penstock.internal.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses keys as the one it wraps, and remembers for each engine whether a broker asked for a certificate and got one: brokers say
 * "bad certificate" to those who sent none, too.
 *
 * <p>Any thread. What it remembers goes with the engine.
 */
final class NotingKeyManager extends X509ExtendedKeyManager {

    private final @Nullable X509ExtendedKeyManager chooses;
    private final Map<SSLEngine, OfferedCertificate> offered;

    private NotingKeyManager(@Nullable X509ExtendedKeyManager chooses, Map<SSLEngine, OfferedCertificate> offered) {
        this.chooses = chooses;
        this.offered = offered;
    }

    /** What the managers made by {@link #wrap} write to. */
    static Map<SSLEngine, OfferedCertificate> notes() {
        return Collections.synchronizedMap(new WeakHashMap<>());
    }

    /** For no managers, one without keys that takes note all the same. */
    static KeyManager[] wrap(KeyManager[] managers, Map<SSLEngine, OfferedCertificate> notes) {
        if (managers.length == 0) {
            return new KeyManager[] {new NotingKeyManager(null, notes)};
        }
        KeyManager[] wrapped = managers.clone();
        for (int i = 0; i < wrapped.length; i++) {
            if (wrapped[i] instanceof X509ExtendedKeyManager chooses) {
                wrapped[i] = new NotingKeyManager(chooses, notes);
            }
        }
        return wrapped;
    }

    /** Asked once for each kind of key, until one fits. */
    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        String alias = chooses == null ? null : chooses.chooseEngineClientAlias(keyTypes, issuers, engine);
        if (alias != null) {
            offered.put(engine, OfferedCertificate.GIVEN);
        } else {
            offered.putIfAbsent(
                    engine, chooses == null ? OfferedCertificate.NONE_CONFIGURED : OfferedCertificate.NONE_FITS);
        }
        return alias;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return chooses == null ? null : chooses.chooseClientAlias(keyTypes, issuers, socket);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return chooses == null ? null : chooses.getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return chooses == null ? null : chooses.getCertificateChain(alias);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return chooses == null ? null : chooses.getPrivateKey(alias);
    }
}
