package io.penstock.wire.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {

    @ParameterizedTest
    @CsvSource({"3-13, 3, 13", "9+, 9, 32767", "0, 0, 0", "none, 0, -1", " 1-2 , 1, 2"})
    void parse_readsWhatSchemasWrite(String text, int from, int to) {
        assertThat(VersionRange.parse(text)).isEqualTo(new VersionRange(from, to));
    }

    @ParameterizedTest
    @CsvSource({
        "0+, 3-13, true",
        "3-13, 3-13, true",
        "0-2, 3-13, false",
        "none, 3-13, false",
        "9+, 3-13, version >= 9",
        "0-8, 3-13, version <= 8",
        "8-10, 3-13, version >= 8 && version <= 10",
        "5, 3-13, version >= 5 && version <= 5"
    })
    void condition_comparesOnlyWhatIsNotKnown(String range, String known, String expected) {
        assertThat(VersionRange.parse(range).condition(VersionRange.parse(known)))
                .isEqualTo(expected);
    }

    @Test
    void intersect_ofRangesApart_isNone() {
        assertThat(new VersionRange(0, 3).intersect(new VersionRange(4, 9))).isEqualTo(VersionRange.NONE);
    }
}
