package io.penstock.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that is asked and answers by lines, pinned to a core where that can be done.
 *
 * <p>Whoever reads waits for a limited time, so that a process that hangs costs its row and not the run.
 */
final class Child implements AutoCloseable {

    /** In place of a core's number: wherever the system lets it run. */
    static final int ANY_CORE = Integer.MAX_VALUE;

    private static final Path TASKSET = Path.of("/usr/bin/taskset");
    private static final long END_SECONDS = 10;
    private static final long ANSWER_SECONDS = 60;

    /** Answers not yet read; a process is asked one thing at a time. */
    private static final int LINES = 64;

    private final Process process;
    private final BlockingQueue<Optional<String>> lines = new ArrayBlockingQueue<>(LINES);
    private final PrintStream in;
    private @Nullable String greeting;

    private Child(Process process) {
        this.process = process;
        this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread reader = new Thread(this::readLines, "answers of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    static boolean canPin() {
        return Files.isExecutable(TASKSET);
    }

    /** A Java program with this process's class path. */
    static Child start(int core, Class<?> main, String... args) throws IOException {
        return start(core, List.of(), main, args);
    }

    static Child start(int core, List<String> jvmOptions, Class<?> main, String... args) throws IOException {
        return start(core, System.getProperty("java.class.path"), jvmOptions, main, args);
    }

    static Child start(int core, String classPath, List<String> jvmOptions, Class<?> main, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx1g", "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, main.getName()));
        command.addAll(List.of(args));
        return start(core, command);
    }

    /** Any program. */
    static Child start(int core, List<String> program) throws IOException {
        List<String> command = new ArrayList<>();
        if (canPin() && Runtime.getRuntime().availableProcessors() > core) {
            command.addAll(List.of(TASKSET.toString(), "-c", String.valueOf(core)));
        }
        command.addAll(program);
        return new Child(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private void readLines() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.put(Optional.of(line));
            }
            lines.put(Optional.empty());
        } catch (IOException e) {
            lines.offer(Optional.empty()); // its end, as far as we can tell
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String ask(String order) throws IOException {
        in.println(order);
        return read();
    }

    String read() throws IOException {
        try {
            Optional<String> line = lines.poll(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                process.destroyForcibly();
                throw new IOException("a measured process did not answer for " + ANSWER_SECONDS + " s");
            }
            return line.orElseThrow(() -> new IOException("a measured process ended early; its errors are above"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The first line, which a program prints when it is ready: a broker its address. */
    String greeting() throws IOException {
        String known = greeting;
        if (known == null) {
            known = read();
            greeting = known;
        }
        return known;
    }

    long pid() {
        return process.pid();
    }

    /** CPU seconds used so far; 0 where the system does not tell. */
    double cpuSeconds() {
        return process.info()
                .totalCpuDuration()
                .map(used -> used.toNanos() / 1e9)
                .orElse(0.0);
    }

    @Override
    public void close() {
        in.close();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
