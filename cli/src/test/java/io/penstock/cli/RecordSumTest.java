package io.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSumTest {

    @Test
    void sum_inAnotherOrder_isTheSame() {
        assertThat(sumOf("a", "b", "b", "c").sameAs(sumOf("b", "c", "a", "b"))).isTrue();
        assertThat(sumOf("a", "b").checksum()).hasSize(16);
    }

    @Test
    void sum_ofLostDoubledOrChangedRecord_differs() {
        RecordSum sum = sumOf("a", "b", "c");

        assertThat(sum.sameAs(sumOf("a", "b"))).isFalse();
        assertThat(sum.sameAs(sumOf("a", "b", "b"))).isFalse();
        assertThat(sum.sameAs(sumOf("a", "b", "d"))).isFalse();
        assertThat(sumOf("a", "a").sameAs(sumOf("b", "b"))).isFalse();
    }

    @Test
    void sum_tellsNullFromEmptyAndKeyFromValue() {
        List<RecordSum> sums = List.of(
                one(null, bytes("a")), one(bytes(""), bytes("a")), one(bytes("a"), null), one(bytes("a"), bytes("")));

        for (int i = 0; i < sums.size(); i++) {
            for (int k = 0; k < i; k++) {
                assertThat(sums.get(i).sameAs(sums.get(k))).as(i + " and " + k).isFalse();
            }
        }
    }

    @Test
    void headersHash_dependsOnOrderAndValues() {
        RecordSum sum = new RecordSum();
        RecordSum.NamedBytes a = new RecordSum.NamedBytes("a", bytes("1"));
        RecordSum.NamedBytes b = new RecordSum.NamedBytes("b", null);

        assertThat(sum.headersHash(List.of())).isZero();
        assertThat(sum.headersHash(List.of(a, b))).isNotEqualTo(sum.headersHash(List.of(b, a)));
        assertThat(sum.headersHash(List.of(a))).isNotZero();
    }

    private static RecordSum sumOf(String... values) {
        RecordSum sum = new RecordSum();
        for (String value : values) {
            sum.add(null, bytes(value), 0);
        }
        return sum;
    }

    private static RecordSum one(ByteBuffer key, ByteBuffer value) {
        RecordSum sum = new RecordSum();
        sum.add(key, value, 0);
        return sum;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}
