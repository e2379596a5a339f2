package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnknownKeysTest {
    @ParameterizedTest
    @CsvSource({
        "linger, linger.ms",
        "liner.ms, linger.ms",
        "batch.sizes, batch.size",
        "compresion.type, compression.type",
        "bootstrap.server, bootstrap.servers",
        "request.timeout, request.timeout.ms",
        "Acks, acks",
    })
    void nearest_findsTheSlipOfThePen(String given, String meant) {
        assertThat(UnknownKeys.nearest(given)).isEqualTo(meant);
    }

    @Test
    void nearest_whenNothingIsNear_staysSilent() {
        assertThat(UnknownKeys.nearest("schema.registry.url")).isNull();
        assertThat(UnknownKeys.nearest("")).isNull();
    }

    @Test
    void edits_countInsertionsDeletionsAndReplacements() {
        assertThat(UnknownKeys.edits("kitten", "sitting")).isEqualTo(3);
        assertThat(UnknownKeys.edits("", "abc")).isEqualTo(3);
        assertThat(UnknownKeys.edits("same", "same")).isZero();
    }

    @Test
    void warn_tellsOnlyOfKeysThatNothingRead() {
        Originals originals = new Originals(
                Map.of("acks", "all", "schema.registry.url", "http://x", "batch.sizes", "hunter2", "other", "1"), "me");
        assertThat(originals.get("schema.registry.url")).isEqualTo("http://x");
        assertThat(originals.get("client.id")).isEqualTo("me");
        assertThat(originals.wasAskedFor("schema.registry.url")).isTrue();
        assertThat(originals.wasAskedFor("other")).isFalse();

        String log = logOf(() -> UnknownKeys.warn(originals));
        assertThat(log.lines().filter(line -> line.contains("Unknown configuration")))
                .hasSize(2);
        assertThat(log)
                .contains("Unknown configuration batch.sizes: nothing reads it. Did you mean batch.size?")
                .contains("Unknown configuration other: nothing reads it")
                .doesNotContain("hunter2");
    }

    /** What the tests' logger, which writes to standard error, says meanwhile. */
    private static String logOf(Runnable action) {
        PrintStream before = System.err;
        var bytes = new ByteArrayOutputStream();
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
