package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordHeader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordFactoryTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "a:b, :, a, b",
                "a:b:c, :, a, b:c",
                ":b, :, '', b",
                "a:, :, a, ''",
                "ab, :, null, ab",
                "'', :, null, ''",
                "a:b, ::, null, a:b",
                "a:::b, ::, a, :b",
                "a=b, =b, a, ''"
            })
    void record_withSeparator_splitsAtTheFirst(String line, String separator, String key, String value) {
        RecordFactory factory = new RecordFactory("t", null, Separators.parse(separator), List.of());

        ProducerRecord<byte[], byte[]> record = factory.record(line.getBytes(StandardCharsets.UTF_8));

        assertThat(text(record.key())).isEqualTo(key);
        assertThat(text(record.value())).isEqualTo(value);
    }

    @Test
    void record_carriesPartitionAndHeaders() {
        RecordFactory factory = new RecordFactory("t", 3, null, List.of(new RecordHeader("a", null)));

        ProducerRecord<byte[], byte[]> record = factory.record(new byte[] {1});

        assertThat(record.topic()).isEqualTo("t");
        assertThat(record.partition()).isEqualTo(3);
        assertThat(record.key()).isNull();
        assertThat(record.headers()).containsExactly(new RecordHeader("a", null));
    }

    @ParameterizedTest
    @CsvSource({"\\t, 09", "\\x00, 00", "a\\\\b, 615c62", "\\n\\r, 0a0d", "ä, c3a4", "😀, f09f9880", "\\xfF, ff"})
    void separator_withEscapes_isBytes(String text, String hex) {
        assertThat(java.util.HexFormat.of().formatHex(Separators.parse(text))).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\\", "\\q", "\\x1"})
    void separator_thatMeansNothing_isRefused(String text) {
        assertThatThrownBy(() -> Separators.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key separator");
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
