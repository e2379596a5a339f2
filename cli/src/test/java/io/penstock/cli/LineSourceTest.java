package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineSourceTest {

    @ParameterizedTest
    @CsvSource({"'',''", "a,a", "'a~','a'", "'~',''", "'a~~b','a||b'", "'a^~b^','a^|b^'", "'~~','|'", "'a~b~','a|b'"})
    void next_splitsAtLineFeedsOnly(String text, String lines) throws IOException {
        String input = text.replace('~', '\n').replace('^', '\r');
        List<String> expected =
                input.isEmpty() ? List.of() : List.of(lines.replace('^', '\r').split("\\|", -1));

        assertThat(read(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), 1000))
                .isEqualTo(expected);
    }

    @Test
    void next_onBytesThatAreNotUtf8_leavesThemAsTheyAre() throws IOException {
        byte[] bytes = {(byte) 0xff, 0, (byte) 0xc3, '\n', (byte) 0x80};

        LineSource lines = new LineSource(new ByteArrayInputStream(bytes), "test", 1000);

        assertThat(lines.next()).containsExactly(0xff, 0, 0xc3);
        assertThat(lines.next()).containsExactly(0x80);
        assertThat(lines.next()).isNull();
        assertThat(lines.readBytes()).isEqualTo(5);
    }

    @Test
    void next_acrossReadsOfAnySize_findsTheSameLines() throws IOException {
        long seed = 20261122;
        Random random = new Random(seed);
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int length = i % 50 == 0 ? random.nextInt(700_000) : random.nextInt(200);
            expected.add("x".repeat(length));
        }
        byte[] bytes = (String.join("\n", expected) + "\n").getBytes(StandardCharsets.US_ASCII);
        InputStream dripping = new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(9000)));
            }
        };

        assertThat(read(dripping, 1_000_000)).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void next_onLineLongerThanARecordCanBe_saysWhichLine() {
        InputStream endless = new InputStream() {
            private int given;

            @Override
            public int read() {
                return given++ == 1 ? '\n' : 'x';
            }
        };
        LineSource lines = new LineSource(endless, "endless", 300_000);

        assertThatThrownBy(() -> {
                    while (lines.next() != null) {}
                })
                .isInstanceOf(CliException.class)
                .hasMessageContaining("line 2 of endless")
                .hasMessageContaining("300000");
    }

    private static List<String> read(InputStream in, int maxLineBytes) throws IOException {
        LineSource source = new LineSource(in, "test", maxLineBytes);
        List<String> lines = new ArrayList<>();
        for (byte[] line = source.next(); line != null; line = source.next()) {
            lines.add(new String(line, StandardCharsets.UTF_8));
        }
        return lines;
    }
}
