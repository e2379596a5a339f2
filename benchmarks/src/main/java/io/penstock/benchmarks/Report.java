package io.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The measured part of {@code docs/performance.md}: everything between two marks, replaced by each full run. */
final class Report {

    static final String BEGIN = "<!-- measured: begin, written by benchmarks/run -->";
    static final String END = "<!-- measured: end -->";

    private final StringBuilder text = new StringBuilder();

    /** A line, to the report and to whoever watches. */
    void line(String line) {
        text.append(line).append('\n');
        System.out.println(line);
    }

    void title(String title, String head) {
        line("");
        line("### " + title);
        line("");
        line(head.stripTrailing());
    }

    void machine(Effort effort) throws IOException {
        line("Measured on " + LocalDate.now(ZoneOffset.UTC) + ": " + processor() + ", "
                + Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + ", " + System.getProperty("java.vm.name") + " "
                + System.getProperty("java.version") + "; medians of " + effort.rounds() + " windows a side after "
                + effort.warmups() + " to " + effort.mostWarmups() + " to warm up"
                + (Child.canPin() ? ", producers on the first core, broker on the second." : ", not pinned to cores."));
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

    /** Replaces what stands between the marks. */
    void writeTo(Path document) throws IOException {
        String old = Files.readString(document);
        int begin = old.indexOf(BEGIN);
        int end = old.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(
                    document + " lacks the marks \"" + BEGIN + "\" and \"" + END + "\"; the table is above");
        }
        Files.writeString(
                document, old.substring(0, begin + BEGIN.length()) + "\n\n" + text + "\n" + old.substring(end));
    }
}
