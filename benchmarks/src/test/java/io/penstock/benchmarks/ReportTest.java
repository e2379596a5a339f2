package io.penstock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path directory;

    private Path document(String text) throws IOException {
        Path document = directory.resolve("performance.md");
        Files.writeString(document, text);
        return document;
    }

    @Test
    void finish_replacesWhatStandsBetweenTheMarks_andNothingElse() throws IOException {
        Path document = document("before\n" + Report.BEGIN + "\nold\n" + Report.END + "\nafter\n");
        Report report = new Report(document);
        report.row("new", () -> List.of("| new |"));
        report.finish();
        new Report(document).row("newer", () -> List.of("| newer |"));
        assertThat(Files.readString(document))
                .startsWith("before\n" + Report.BEGIN + "\n\n| newer |\n")
                .endsWith(Report.END + "\nafter\n")
                .doesNotContain("old");
    }

    @Test
    void row_whenItFails_saysSoAndCostsNoOther_andWhatThereIsIsSaved() throws IOException {
        Path document = document(Report.BEGIN + "\n" + Report.END);
        Report report = new Report(document);
        report.row("first", () -> List.of("| first |"));
        report.row("second", () -> {
            throw new IOException("no | answer");
        });
        assertThat(document).content().contains("| first |", "| second | NOT MEASURED: no / answer |", "cut off");
        report.row("third", () -> List.of("| third |"));
        report.finish();
        assertThat(document).content().contains("| second |", "| third |").doesNotContain("cut off");
    }

    @Test
    void save_whenTheMarksAreGone_saysSo() throws IOException {
        Path document = document("no marks");
        assertThatThrownBy(() -> new Report(document).finish()).hasMessageContaining(Report.BEGIN);
        assertThat(document).hasContent("no marks");
    }

    @Test
    void judge_listsWhatMissesItsMark_withTheReason() throws IOException {
        Path document = document(Report.BEGIN + "\n" + Report.END);
        Report report = new Report(document);
        assertThat(report.judge("good", Mark.of(0.22, 0.85), 0.25)).isEqualTo("yes");
        assertThat(report.judge("bad", Mark.of(0.25, 1).because("it waits"), 0.30))
                .isEqualTo("misses by 20 %");
        report.misses();
        report.finish();
        assertThat(document)
                .content()
                .contains("| bad | 0.30 | 0.25 | by 20 % | it waits |")
                .doesNotContain("good");
    }

    @Test
    void workloads_haveNamesOfTheirOwn() {
        assertThat(Workloads.containing("")).extracting(Workload::name).doesNotHaveDuplicates();
        assertThatThrownBy(() -> Workloads.containing("no such row")).hasMessageContaining("no such row");
    }

    @Test
    void values_ofEachContent_areWhatItsSerializerTakes() {
        for (Content content : Content.values()) {
            Shape shape = new Shape(content, 100, 1, 0, 1);
            Object[] values = Values.of(shape);
            assertThat(values).hasSize(Values.count(shape)).allSatisfy(value -> assertThat(value)
                    .isInstanceOf(content == Content.TEXT ? String.class : byte[].class));
        }
    }

    @Test
    void values_thatAreCompressed_areMoreThanACodecLooksBackOver() {
        for (int size : new int[] {100, 1024}) {
            byte[][] values = Values.bytesOf(new Shape(Content.JSON, size, 1, 0, 1));
            assertThat((long) values.length * size).isGreaterThanOrEqualTo(8 << 20);
            assertThat(Integer.bitCount(values.length)).isOne();
            assertThat(Arrays.stream(values).map(ByteBuffer::wrap).distinct().count())
                    .isGreaterThan(values.length - 10);
        }
    }

    @Test
    void contest_whenAContenderFails_theOthersGoOn() throws IOException {
        Contender broken = new Contender("broken", false, () -> {
            throw new IOException("not there");
        });
        try (Child broker = Child.start(0, List.of("cat"))) {
            List<Contest.Lane<String>> lanes = new Contest<String>(broker, Effort.REHEARSAL, line -> line, line -> true)
                    .run(
                            List.of(
                                    broken,
                                    new Contender(
                                            "echo",
                                            true,
                                            () -> Child.start(0, List.of("sh", "-c", "echo ready; cat")))),
                            "a",
                            "b");
            assertThatThrownBy(() -> lanes.get(0).windows()).hasMessage("broken: not there");
            assertThat(lanes.get(1).windows()).containsExactly("b");
        }
    }

    @Test
    void theDocument_hasTheMarks() throws IOException {
        assertThat(Files.readString(Path.of("../docs/performance.md"))).contains(Report.BEGIN, Report.END);
    }

    @Test
    void windows_comeThroughAPipeAsTheyAre() {
        Window window = new Window(1_000_000, 1.5, 0.25, 0.125, 138.5, 2, 112.5, 3);
        assertThat(Window.parse(window.toString())).isEqualTo(window);
        Histogram latencies = new Histogram(60_000_000_000L, 3);
        latencies.recordValue(80_000);
        latencies.recordValue(9_000_000);
        PacedWindow paced = PacedWindow.parse(new PacedWindow(2, 1.5, 0.5, 0.01, 2, 0.25, 1_000, latencies).toString());
        assertThat(paced.latencies()).isEqualTo(latencies);
        assertThat(paced.bytesPerRequest()).isEqualTo(500);
        assertThat(paced.microsPerRequest()).isEqualTo(125_000);
        TransactionWindow transactions = new TransactionWindow(0.5, 0.25, 0.01, latencies);
        assertThat(TransactionWindow.parse(transactions.toString())).isEqualTo(transactions);
        ProfiledWindow profiled = new ProfiledWindow(
                window,
                List.of(new ProfiledWindow.ThreadUse("a thread", 1.5, 0.5), new ProfiledWindow.ThreadUse("b", 1, 1)));
        assertThat(ProfiledWindow.parse(profiled.toString())).isEqualTo(profiled);
    }

    @Test
    void windows_inWhichMuchIsCompiled_areNotWarm() {
        assertThat(new Window(1, 1, 1, 0.02, 0, 0, 0, 0).isWarm()).isTrue();
        assertThat(new Window(1, 1, 1, 0.05, 0, 0, 0, 0).isWarm()).isFalse();
        Histogram none = new Histogram(2);
        assertThat(new PacedWindow(1, 1, 1, 0.05, 1, 1, 0, none).isWarm()).isFalse();
        assertThat(new TransactionWindow(1, 1, 0.05, none).isWarm()).isFalse();
    }

    @Test
    void ratios_areOfNeighbours() {
        double[] ratios = Statistics.sortedRatios(List.of(1.0, 2.0, 4.0), List.of(0.5, 0.5, 4.0), each -> each);
        assertThat(Arrays.stream(ratios).boxed()).containsExactly(0.25, 0.5, 1.0);
    }
}
