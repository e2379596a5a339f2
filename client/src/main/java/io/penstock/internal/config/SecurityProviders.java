package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import io.penstock.errors.KafkaException;
import io.penstock.security.SecurityProviderCreator;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;

/**
 * Puts the providers of {@code security.providers} in front of the JVM's own, in their order (KIP-492).
 *
 * <p>For the whole JVM, as the setting means it; one that is there already stays where it is. Any thread, while a producer is built.
 */
final class SecurityProviders {
    private static final String KEY = "security.providers";

    private SecurityProviders() {}

    static void install(ConfigValues values, Map<String, ?> originals) {
        Object names = values.find(KEY);
        if (names == null) {
            return;
        }
        int position = 1;
        for (String name : List.of(names.toString().split(",", -1))) {
            Security.insertProviderAt(create(name.trim(), originals), position++);
        }
    }

    private static Provider create(String name, Map<String, ?> originals) {
        Object created = PluginClasses.create(KEY, PluginClasses.find(KEY, name, Object.class));
        if (created instanceof Provider provider) {
            return provider;
        }
        if (!(created instanceof SecurityProviderCreator creator)) {
            throw new ConfigException(
                    KEY,
                    name,
                    "it is neither a " + Provider.class.getName() + " nor a "
                            + SecurityProviderCreator.class.getName());
        }
        try {
            creator.configure(originals);
            return creator.getProvider();
        } catch (RuntimeException e) {
            throw new KafkaException(name + ", named by " + KEY + ", gave no provider: " + e, e);
        }
    }
}
