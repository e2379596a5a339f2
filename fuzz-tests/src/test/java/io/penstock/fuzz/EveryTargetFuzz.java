package io.penstock.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.internal.network.FrameTarget;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs Jazzer on each target in a JVM of its own, guided by coverage, for {@code -Dfuzz.seconds=N} each (60 unless said otherwise).
 *
 * <p>What was found interesting stays in target/fuzz and is where the next run goes on; an input that fails is written there, too,
 * and its path printed: {@code java -cp ... com.code_intelligence.jazzer.Jazzer --target_class=... PATH} runs it again.
 */
class EveryTargetFuzz {

    @ParameterizedTest
    @ValueSource(classes = {ResponseTarget.class, RecordBatchTarget.class, DecompressorTarget.class, FrameTarget.class})
    void target_survives(Class<?> target) throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "fuzz", target.getSimpleName()));
        Path corpus = Files.createDirectories(folder.resolve("corpus"));
        Path seeds = Files.createDirectories(Path.of("target", "fuzz", "seeds"));
        Seeds.write(seeds);
        Path output = folder.resolve("output.txt");
        Process jazzer = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        classPath(),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.penstock.**",
                        "-artifact_prefix=" + folder.toAbsolutePath() + "/",
                        "-max_total_time=" + Integer.getInteger("fuzz.seconds", 60),
                        "-max_len=100000",
                        "-timeout=10",
                        "-rss_limit_mb=2048",
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(jazzer::destroyForcibly));
        int status = jazzer.waitFor();
        List<String> lines = Files.readAllLines(output);
        lines.subList(Math.max(0, lines.size() - (status == 0 ? 12 : 60)), lines.size())
                .forEach(System.out::println);
        assertEquals(0, status, target + " failed; its input lies in " + folder);
    }

    /** Without JUnit, whose tests Jazzer would look for if it were there. */
    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("junit"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
