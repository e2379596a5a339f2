package io.penstock.testkit.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own that can be killed, stopped and continued; its output goes to a file.
 *
 * <p>Any thread. It never outlives this JVM: see {@link BrokerMain}; and a pause ends by itself, for a shell that does not depend
 * on this JVM continues the process.
 */
public final class JavaProcess {

    private final String name;
    private final Process process;
    private final Path output;

    private JavaProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /**
     * @param classPath jars and directories; where {@link BrokerMain} lies is added
     * @param command the main class, then its arguments
     */
    public static JavaProcess start(
            String name, String classPath, List<String> jvmOptions, List<String> command, Path output) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-Xms48m", "-Xmx256m", "-Xss512k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        line.addAll(jvmOptions);
        line.addAll(List.of("-cp", ownPlace() + File.pathSeparator + classPath, BrokerMain.class.getName()));
        line.addAll(command);
        try {
            Process process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
            return new JavaProcess(name, process, output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + name, e);
        }
    }

    private static Path ownPlace() {
        try {
            return Path.of(BrokerMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL; returns when it is gone. */
    public void kill() {
        process.destroyForcibly();
        if (!endsWithin(Duration.ofSeconds(20))) {
            throw new IllegalStateException(name + " (process " + pid() + ") outlived SIGKILL by 20 s");
        }
    }

    /** SIGTERM, which a broker answers by handing its partitions over; returns at once. */
    public void terminate() {
        process.destroy();
    }

    /** SIGSTOP, and SIGCONT after the time given, whatever becomes of this JVM. */
    public void pause(Duration time) {
        String seconds = String.format(java.util.Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
        try {
            new ProcessBuilder("sh", "-c", "kill -STOP $0; sleep $1; kill -CONT $0", Long.toString(pid()), seconds)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop " + name, e);
        }
    }

    public boolean endsWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the end of " + name, e);
        }
    }

    /** The end of what it printed, for a failure's message. */
    public String lastWords() {
        try {
            List<String> lines = Files.readAllLines(output);
            return name + " printed:\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return name + " printed nothing that can be read: " + e;
        }
    }

    @Override
    public String toString() {
        return name + " (process " + pid() + ")";
    }
}
