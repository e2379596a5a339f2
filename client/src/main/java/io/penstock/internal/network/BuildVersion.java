package io.penstock.internal.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this library, which the build writes next to this class; brokers count clients by it (KIP-511). */
public final class BuildVersion {

    private static final Properties BUILD = read();

    public static final String VERSION = BUILD.getProperty("version", "unknown");

    /** The commit it was built from; {@code unknown} unless the build was told. */
    public static final String COMMIT = BUILD.getProperty("commit", "unknown");

    private BuildVersion() {}

    private static Properties read() {
        Properties properties = new Properties();
        try (InputStream in = BuildVersion.class.getResourceAsStream("version.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
