package io.penstock.security;

import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Knows values that settings refer to as {@code ${name:path:key}} (KIP-297); named by {@code config.providers.<name>.class}. Made by its
 * public constructor without parameters while a producer is built, asked on that thread, and closed at once.
 */
public interface ConfigProvider extends AutoCloseable {

    /**
     * Called once, before anything else.
     *
     * @param params the settings {@code config.providers.<name>.param.*}, without that prefix
     */
    void configure(Map<String, ?> params);

    /**
     * The values of these keys under this path.
     *
     * @param path empty when the reference has none
     * @return those that there are; one that is missing fails the building of the producer
     * @throws IOException with a message that is shown to the caller, and so without secrets
     */
    Map<String, String> get(String path, Set<String> keys) throws IOException;

    @Override
    default void close() {}
}
