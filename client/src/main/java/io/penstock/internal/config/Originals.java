package io.penstock.internal.config;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings as the user gave them, for {@code configure} of plug-ins. Cannot be changed; remembers which keys were asked for, so
 * that a plug-in's own keys do not count as unknown. Any thread. Its text form shows no values: they may be secret.
 */
final class Originals extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> settings;

    /** No larger than the settings. */
    private final Set<Object> askedFor = ConcurrentHashMap.newKeySet();

    Originals(Map<String, ?> settings, String clientId) {
        Map<String, @Nullable Object> copy = new HashMap<>(settings);
        copy.put("client.id", clientId);
        this.settings = Collections.unmodifiableMap(copy);
    }

    /** These, and the defaults of the known keys with this prefix that are not among them; to read the latter counts for nothing. */
    Map<String, @Nullable Object> withDefaults(String prefix) {
        Map<String, @Nullable Object> defaults = new HashMap<>();
        for (String name : ConfigKeys.names()) {
            ConfigKey key = ConfigKeys.find(name);
            if (name.startsWith(prefix) && key != null && key.defaultValue() != null && settings.get(name) == null) {
                defaults.put(name, key.defaultValue());
            }
        }
        return new DefaultedOriginals(this, defaults);
    }

    boolean wasAskedFor(String key) {
        return askedFor.contains(key);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        note(key);
        return settings.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        note(key);
        return settings.containsKey(key);
    }

    private void note(@Nullable Object key) {
        if (key != null && settings.containsKey(key)) {
            askedFor.add(key);
        }
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return settings.entrySet();
    }

    @Override
    public Set<String> keySet() {
        return settings.keySet();
    }

    @Override
    public String toString() {
        return "settings" + settings.keySet();
    }
}
