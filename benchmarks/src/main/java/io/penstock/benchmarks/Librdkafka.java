package io.penstock.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * librdkafka as a third side, on machines that have it and a C compiler; nothing is downloaded.
 *
 * <p>{@code PENSTOCK_LIBRDKAFKA} in the environment names another library than the system's own.
 *
 * @param driver the compiled {@code src/main/c/librdkafka.c}
 * @param library what it loads
 * @param version as the library says
 */
record Librdkafka(Path driver, String library, String version) {

    private static final Path SOURCE = Path.of("benchmarks/src/main/c/librdkafka.c");
    private static final int LIMIT_SECONDS = 30;

    /** Empty where it cannot be had. */
    static Optional<Librdkafka> find(Path directory) {
        String named = System.getenv("PENSTOCK_LIBRDKAFKA");
        String library = named == null ? "librdkafka.so.1" : named;
        Path driver = directory.resolve("librdkafka-driver");
        try {
            output("cc", "-O2", "-o", driver.toString(), SOURCE.toString(), "-ldl", "-lpthread");
            return Optional.of(new Librdkafka(driver, library, output(driver.toString(), library, "version")));
        } catch (IOException e) {
            System.err.println("Without librdkafka: " + e.getMessage());
            return Optional.empty();
        }
    }

    Contender contender(Workload workload, String bootstrap, String... settings) {
        return new Contender("librdkafka", true, () -> {
            Shape shape = workload.shape();
            Path values = driver.resolveSibling("values-" + shape.content() + "-" + shape.valueBytes());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (byte[] value : Values.bytesOf(shape)) {
                bytes.write(value);
            }
            Files.write(values, bytes.toByteArray());
            List<String> command = new ArrayList<>(List.of(
                    driver.toString(),
                    library,
                    bootstrap,
                    shape.topic(),
                    values.toString(),
                    String.valueOf(shape.valueBytes()),
                    String.valueOf(shape.spread())));
            workload.settings().forEach((key, value) -> command.add(key + "=" + value));
            command.addAll(List.of(settings));
            return Child.start(0, command);
        });
    }

    private static String output(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.join(" ", command) + " failed: " + text);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return text;
    }
}
