package io.penstock.examples.streams;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The testkit's broker with a class loader of its own: it is of a newer release than Streams, and the two do not agree on one
 * {@code kafka-clients}.
 */
final class SeparateBroker implements AutoCloseable {

    /** Written by the testkit's build; a property for those who run this otherwise. */
    private static final String CLASS_PATH = System.getProperty("testkit.classpath");

    private final URLClassLoader loader;
    private final Object kafka;

    SeparateBroker() throws Exception {
        loader = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            kafka = loader.loadClass("io.penstock.testkit.EmbeddedKafka")
                    .getMethod("start")
                    .invoke(null);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath() throws Exception {
        Path target = Path.of("..", "..", "testkit", "target").toAbsolutePath().normalize();
        String written = CLASS_PATH != null
                ? CLASS_PATH
                : Files.readString(target.resolve("runtime.classpath"))
                        + File.pathSeparator
                        + target.resolve("classes");
        List<URL> urls = new ArrayList<>();
        for (String entry : written.trim().split(File.pathSeparator)) {
            urls.add(Path.of(entry.trim()).toUri().toURL());
        }
        return urls.toArray(new URL[0]);
    }

    String bootstrapServers() throws Exception {
        return (String) kafka.getClass().getMethod("bootstrapServers").invoke(kafka);
    }

    @Override
    public void close() throws Exception {
        ((AutoCloseable) kafka).close();
        loader.close();
    }
}
