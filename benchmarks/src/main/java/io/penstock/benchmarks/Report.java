package io.penstock.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The measured part of {@code docs/performance.md}: everything between two marks, replaced by each full run.
 *
 * <p>Saved after every row, so that a run that is cut off leaves what it had. A row that fails says so in its place and costs no other.
 */
final class Report {

    static final String BEGIN = "<!-- measured: begin, written by benchmarks/run -->";
    static final String END = "<!-- measured: end -->";

    private static final String UNFINISHED = "\n*This run was cut off here.*\n";

    /** A run in which much has to be waited for ends at some time all the same. */
    private static final long LIMIT_NANOS = TimeUnit.MINUTES.toNanos(60);

    private final @Nullable Path document;
    private final StringBuilder text = new StringBuilder();
    private final List<String> misses = new ArrayList<>();
    private final long beganNanos = System.nanoTime();

    /** @param document to be saved in; null for one that is only printed */
    Report(@Nullable Path document) {
        this.document = document;
    }

    /** Something that is measured for one row. */
    interface Measured {
        /** The lines of the row. */
        List<String> lines() throws Exception;
    }

    /** A line, to the report and to whoever watches. */
    void line(String line) {
        text.append(line).append('\n');
        System.out.println(line);
    }

    void title(String title, String head) {
        line("");
        line("### " + title);
        line("");
        if (!head.isEmpty()) {
            line(head.stripTrailing());
        }
    }

    /** Measures a row; when that fails, the row says how. */
    void row(String name, Measured measured) {
        System.err.printf(Locale.ROOT, "[%4d s] %s%n", (System.nanoTime() - beganNanos) / 1_000_000_000L, name);
        if (System.nanoTime() - beganNanos > LIMIT_NANOS) {
            line("| " + name + " | NOT MEASURED: the time for the whole run was over |");
            return;
        }
        try {
            measured.lines().forEach(this::line);
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            line("| " + name + " | NOT MEASURED: " + why.replace('\n', ' ').replace('|', '/') + " |");
            System.err.printf(Locale.ROOT, "%s was not measured:%n%s%n", name, whole(e));
        }
        save(UNFINISHED);
    }

    /** With causes and where they come from, for whoever watches. */
    private static String whole(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    /** Whether the row meets its mark, in words; one that does not is listed by {@link #misses}. */
    String judge(String row, Mark mark, double ratio) {
        String verdict = mark.verdict(ratio);
        if (!mark.isMet(ratio)) {
            misses.add(String.format(
                    Locale.ROOT,
                    "| %s | %.2f | %.2f | %s | %s |",
                    row,
                    ratio,
                    mark.ratio(),
                    verdict.substring("misses ".length()),
                    mark.reason().isEmpty() ? "not known; the profiles below are the place to look" : mark.reason()));
        }
        return verdict;
    }

    /** All rows that miss their marks. */
    void misses() {
        title("Rows that miss their mark", "| row | ratio | mark | misses | why |\n|---|---|---|---|---|");
        misses.forEach(this::line);
        line(misses.isEmpty() ? "| none | | | | |" : "");
    }

    /** When and on what. */
    static String machine(Effort effort) throws IOException {
        return "Measured on "
                + LocalDateTime.now(ZoneOffset.UTC)
                        .format(DateTimeFormatter.ofPattern("yyyy-MM-dd, HH:mm", Locale.ROOT))
                + " UTC: " + processor() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + "; medians of " + effort.rounds() + " windows a side after "
                + effort.warmups() + " to " + effort.mostWarmups() + " to warm up"
                + (Child.canPin() ? ", producers on the first core, broker on the second" : ", not pinned to cores")
                + "; load of the machine before the run " + loadAverage() + ".";
    }

    private static String loadAverage() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return load < 0 ? "unknown" : String.format(Locale.ROOT, "%.2f", load);
    }

    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.exists(info)) {
            for (String line : Files.readAllLines(info)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }

    /** The last line, and the document as it stays. */
    void finish() {
        line("");
        line(String.format(Locale.ROOT, "The whole run took %.1f minutes.", (System.nanoTime() - beganNanos) / 60e9));
        save("");
    }

    /** Replaces what stands between the marks. */
    private void save(String ending) {
        if (document == null) {
            return;
        }
        try {
            String old = Files.readString(document);
            int begin = old.indexOf(BEGIN);
            int end = old.indexOf(END);
            if (begin < 0 || end < begin) {
                throw new IOException(document + " lacks the marks \"" + BEGIN + "\" and \"" + END
                        + "\"; the tables are printed above");
            }
            Path beside = document.resolveSibling(document.getFileName() + ".new");
            Files.writeString(
                    beside,
                    old.substring(0, begin + BEGIN.length()) + "\n\n" + text + ending + "\n" + old.substring(end));
            Files.move(beside, document, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
