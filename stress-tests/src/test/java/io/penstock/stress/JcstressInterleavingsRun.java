package io.penstock.stress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Runs every test of jcstress in a JVM of its own. {@code -Dcontention.mode=tough} takes longer;
 * {@code -Dcontention.tests=REGEXP} chooses some. The report for people lies in target/jcstress/index.html.
 */
class JcstressInterleavingsRun {

    @Test
    void noForbiddenInterleaving_isSeen() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "jcstress"));
        Path output = folder.resolve("output.txt").toAbsolutePath();
        Process jcstress = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath(),
                        "org.openjdk.jcstress.Main",
                        "-t",
                        System.getProperty("contention.tests", "io.penstock"),
                        "-m",
                        System.getProperty("contention.mode", "quick"),
                        "-spinStyle",
                        "THREAD_YIELD",
                        "-jvmArgs",
                        "-Xmx256m",
                        "-r",
                        "."))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(jcstress::destroyForcibly));
        int status = jcstress.waitFor();
        List<String> lines = Files.readAllLines(output);
        List<String> results = lines.subList(Math.max(0, lines.indexOf("RUN RESULTS:")), lines.size());
        results.forEach(System.out::println);
        String text = String.join("\n", results);
        assertEquals(0, status, "see " + output);
        assertTrue(text.contains("Failed tests: No matches."), "see " + output);
        assertTrue(text.contains("Error tests: No matches."), "see " + output);
        assertTrue(text.contains("matching test results"), "nothing was run, see " + output);
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .filter(entry -> !entry.contains("junit"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
