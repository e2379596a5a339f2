package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecordHeadersTest {
    private static List<String> keys(Iterable<Header> headers) {
        List<String> keys = new ArrayList<>();
        headers.forEach(h -> keys.add(h.key()));
        return keys;
    }

    private static List<String> apacheKeys(Iterable<org.apache.kafka.common.header.Header> headers) {
        List<String> keys = new ArrayList<>();
        headers.forEach(h -> keys.add(h.key()));
        return keys;
    }

    @Test
    void randomOperations_leaveTheSameAsKafkas() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            var ours = new RecordHeaders();
            var theirs = new org.apache.kafka.common.header.internals.RecordHeaders();
            for (int i = 0; i < 40; i++) {
                String key = "k" + random.nextInt(4);
                if (random.nextInt(5) == 0) {
                    ours.remove(key);
                    theirs.remove(key);
                } else {
                    byte[] value = random.nextBoolean() ? null : new byte[] {(byte) i};
                    ours.add(key, value);
                    theirs.add(key, value);
                }
                assertThat(keys(ours)).as("seed %d", seed).isEqualTo(apacheKeys(theirs));
                assertThat(keys(ours.headers(key))).as("seed %d", seed).isEqualTo(apacheKeys(theirs.headers(key)));
                Header last = ours.lastHeader(key);
                assertThat(last == null ? null : last.value())
                        .isEqualTo(
                                theirs.lastHeader(key) == null
                                        ? null
                                        : theirs.lastHeader(key).value());
                assertThat(ours.headerCount()).isEqualTo(theirs.toArray().length);
            }
        }
    }

    @Test
    void headerByIndex_isWhatTheEncoderSees() {
        var headers = new RecordHeaders();
        assertThat(headers.headerCount()).isZero();
        headers.add("a", new byte[] {1}).add(new RecordHeader("b", null));
        assertThat(headers.headerKey(1)).isEqualTo("b");
        assertThat(headers.headerValue(0)).containsExactly(1);
        assertThat(headers.headerValue(1)).isNull();
        assertThatThrownBy(() -> headers.headerKey(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void setReadOnly_refusesEveryChange() {
        var headers = new RecordHeaders().add("a", null);
        ((RecordHeaders) headers).setReadOnly();
        assertThatThrownBy(() -> headers.add("b", null)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> headers.add(new RecordHeader("b", null))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> headers.remove("a")).isInstanceOf(IllegalStateException.class);
        Iterator<Header> iterator = headers.iterator();
        iterator.next();
        assertThatThrownBy(iterator::remove).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void copies_areTheirOwn() {
        var first = new RecordHeaders();
        first.add("a", null);
        first.setReadOnly();
        var second = new RecordHeaders(first);
        second.add("b", null);
        assertThat(keys(first)).containsExactly("a");
        assertThat(keys(second)).containsExactly("a", "b");
        assertThat(new RecordHeaders(first.toArray())).isEqualTo(first).hasSameHashCodeAs(first);
        assertThat(new RecordHeaders(List.of(new RecordHeader("a", null)))).isEqualTo(first);
        assertThat(new RecordHeaders((Iterable<Header>) null).toArray()).isEmpty();
        assertThat(new RecordHeaders((Header[]) null).toArray()).isEmpty();
    }

    @Test
    void misuse_isRefused() {
        assertThatThrownBy(() -> new RecordHeader((String) null, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new RecordHeaders().add(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> new RecordHeaders().lastHeader(null)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RecordHeaders(new Header[] {null})).isInstanceOf(NullPointerException.class);
    }

    @Test
    void fromBuffers_copiesAndLeavesThem() {
        ByteBuffer key = StandardCharsets.UTF_8.encode("xkey").position(1);
        ByteBuffer value = ByteBuffer.wrap(new byte[] {1, 2});
        var header = new RecordHeader(key, value);
        assertThat(header).isEqualTo(new RecordHeader("key", new byte[] {1, 2}));
        assertThat(key.position()).isEqualTo(1);
        assertThat(new RecordHeader(key, null).value()).isNull();
    }
}
