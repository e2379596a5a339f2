package io.penstock.internal.config;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings as given with some defaults behind them. Cannot be changed; any thread. Its text form shows no values. */
final class DefaultedOriginals extends AbstractMap<String, @Nullable Object> {
    private final Originals given;
    private final Map<String, @Nullable Object> defaults;

    DefaultedOriginals(Originals given, Map<String, @Nullable Object> defaults) {
        this.given = given;
        this.defaults = defaults;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        Object value = given.get(key);
        return value != null ? value : defaults.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return given.containsKey(key) || defaults.containsKey(key);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        Map<String, @Nullable Object> all = new HashMap<>(defaults);
        given.entrySet().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        return all.entrySet();
    }

    @Override
    public String toString() {
        return given.toString();
    }
}
