package io.penstock.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.penstock.errors.SerializationException;
import io.penstock.producer.Headers;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.BooleanSerializer;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.ByteBufferSerializer;
import io.penstock.serialization.DirectSerializer;
import io.penstock.serialization.DoubleSerializer;
import io.penstock.serialization.FloatSerializer;
import io.penstock.serialization.IntegerSerializer;
import io.penstock.serialization.LongSerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.ShortSerializer;
import io.penstock.serialization.StringSerializer;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent is what the array would have been, and a serializer that lies harms its own record only. */
class DirectSerializersTest {

    private static final long SEED = 20_261_122L;

    private final Random random = new Random(SEED);
    private final Scratch scratch = new Scratch();

    private <T> byte[] sent(Serializer<T> serializer, T data) {
        var record = new ProducerRecord<T, Void>("t", data, null);
        new RecordSerializer<T, Void>(serializer, (topic, nothing) -> null).fill(scratch, record);
        byte[] bytes = scratch.keyValue().keyBytes();
        assertThat(scratch.keyValue().keySizeBytes()).isEqualTo(bytes == null ? -1 : bytes.length);
        return bytes == null ? null : bytes.clone();
    }

    private <T> void assertSame(
            Serializer<T> ours, org.apache.kafka.common.serialization.Serializer<T> apaches, Iterable<T> values) {
        for (T value : values) {
            byte[] expected = apaches.serialize("t", value);
            assertThat(sent(ours, value)).as("%s, seed %d", value, SEED).isEqualTo(expected);
            assertThat(ours.serialize("t", value)).isEqualTo(expected);
            if (ours instanceof DirectSerializer<T> direct) {
                assertThat(DirectSerializer.sizeOrNull(direct, "t", null, value))
                        .isEqualTo(expected.length);
            }
        }
        assertThat(sent(ours, null)).isNull();
    }

    private String text(int length, int alphabet) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) (alphabet == 0 ? 0xd7f0 + random.nextInt(0x820) : random.nextInt(alphabet)));
        }
        return text.toString();
    }

    /** Letters, Latin-1, any char, and little but surrogates, most of them without their partner. */
    @ParameterizedTest
    @ValueSource(ints = {0x80, 0x100, 0x10000, 0})
    void text_ofAnyChars_isApaches(int alphabet) {
        List<String> texts = random.ints(3_000, 0, 300)
                .mapToObj(length -> text(length, alphabet))
                .toList();
        assertSame(new StringSerializer(), new org.apache.kafka.common.serialization.StringSerializer(), texts);
    }

    @Test
    void text_aroundTheSizeThatScratchHolds_isApaches() {
        List<String> texts = random.ints(200, ScratchPiece.MAX_CHARS - 3, ScratchPiece.MAX_CHARS + 3)
                .mapToObj(length -> text(length, random.nextBoolean() ? 0x10000 : 0x80))
                .toList();
        assertSame(new StringSerializer(), new org.apache.kafka.common.serialization.StringSerializer(), texts);
        // Three bytes each, and half a pair at the very end.
        String widest = "\u20ac".repeat(ScratchPiece.MAX_CHARS - 1) + "\ud800";
        assertSame(
                new StringSerializer(), new org.apache.kafka.common.serialization.StringSerializer(), List.of(widest));
    }

    @Test
    void text_inAnotherEncoding_isApaches() {
        Map<String, String> configs = Map.of("key.serializer.encoding", "UTF-16");
        var ours = new StringSerializer();
        var apaches = new org.apache.kafka.common.serialization.StringSerializer();
        ours.configure(configs, true);
        apaches.configure(configs, true);
        assertSame(ours, apaches, List.of("", "a", "\u20ac\ud83d\ude00", "\ud800"));
    }

    @Test
    void numbers_areApaches() {
        for (int i = 0; i < 1_000; i++) {
            long bits = random.nextLong();
            assertSame(
                    new ShortSerializer(), new org.apache.kafka.common.serialization.ShortSerializer(), List.of((short)
                            bits));
            assertSame(
                    new IntegerSerializer(),
                    new org.apache.kafka.common.serialization.IntegerSerializer(),
                    List.of((int) bits));
            assertSame(new LongSerializer(), new org.apache.kafka.common.serialization.LongSerializer(), List.of(bits));
            assertSame(
                    new FloatSerializer(),
                    new org.apache.kafka.common.serialization.FloatSerializer(),
                    List.of(Float.intBitsToFloat((int) bits), Float.NaN));
            assertSame(
                    new DoubleSerializer(),
                    new org.apache.kafka.common.serialization.DoubleSerializer(),
                    List.of(Double.longBitsToDouble(bits), Double.NaN));
        }
        assertSame(
                new BooleanSerializer(),
                new org.apache.kafka.common.serialization.BooleanSerializer(),
                List.of(true, false));
    }

    @Test
    void bytes_areApaches_andAnArrayStaysWhereItIs() {
        byte[] array = {1, 2, 3};
        assertSame(
                new ByteArraySerializer(),
                new org.apache.kafka.common.serialization.ByteArraySerializer(),
                List.of(array, new byte[0], new byte[50_000]));
        new RecordSerializer<>(new ByteArraySerializer(), new ByteArraySerializer())
                .fill(scratch, new ProducerRecord<>("t", array, array));
        assertThat(scratch.keyValue().keyArray()).isSameAs(array);
        for (int size : new int[] {0, 1, 300, ScratchPiece.MAX_BYTES, ScratchPiece.MAX_BYTES + 1}) {
            ByteBuffer direct = ByteBuffer.allocateDirect(size + 5).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < size; i++) {
                direct.put(i, (byte) random.nextInt());
            }
            direct.position(size / 2).limit(size);
            byte[] expected =
                    new org.apache.kafka.common.serialization.ByteBufferSerializer().serialize("t", direct.duplicate());
            assertThat(sent(new ByteBufferSerializer(), direct)).isEqualTo(expected);
            assertThat(direct.position())
                    .as("the caller's buffer stays as it is")
                    .isEqualTo(size / 2);
        }
    }

    /** Says one size and writes another; each record says by how much. */
    private static final class Lying implements DirectSerializer<Integer> {

        private final int size;

        Lying(int size) {
            this.size = size;
        }

        @Override
        public int sizeOf(String topic, Headers headers, Integer more) {
            return size;
        }

        @Override
        public void write(String topic, Headers headers, Integer more, ByteBuffer target) {
            target.put(new byte[size + more]);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 50_000})
    void size_thatIsNotWhatIsWritten_failsWithBothNumbers(int size) {
        assertThatThrownBy(() -> sent(new Lying(size), -3))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("said " + size + " bytes and wrote " + (size - 3));
        assertThatThrownBy(() -> sent(new Lying(size), 1))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("said " + size + " bytes and wrote more than these " + size);
        assertThatThrownBy(() -> new Lying(size).serialize("t", -3)).isInstanceOf(SerializationException.class);
        assertThat(sent(new Lying(size), 0)).as("the next one is well").hasSize(size);
    }

    @Test
    void size_thatNothingHas_fails() {
        assertThatThrownBy(() -> sent(new Lying(-2), 0))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("said -2 bytes");
        assertThat(sent(new Lying(-1), 0)).as("-1 is null").isNull();
    }

    @Test
    void value_ofAnotherType_isToldByName() {
        @SuppressWarnings({"unchecked", "rawtypes"})
        Serializer<Object> numbers = (Serializer) new LongSerializer();
        assertThatThrownBy(() -> sent(numbers, "text"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("LongSerializer");
    }

    /** Prevents a program that extended StringSerializer before it could write directly from being passed over. */
    @Test
    void subclass_thatOverridesSerializeAlone_isAsked() {
        Serializer<String> loud = new StringSerializer() {
            @Override
            public byte[] serialize(String topic, String data) {
                return super.serialize(topic, data == null ? null : data.toUpperCase(java.util.Locale.ROOT));
            }
        };
        assertThat(sent(loud, "quiet")).isEqualTo("QUIET".getBytes());
        Serializer<String> plain = new StringSerializer() {};
        assertThat(sent(plain, "\u20ac")).isEqualTo("\u20ac".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void keyAndValue_donotShareMemory() {
        new RecordSerializer<>(new StringSerializer(), new LongSerializer())
                .fill(scratch, new ProducerRecord<>("t", "key", 7L));
        assertThat(scratch.keyValue().keyBytes()).isEqualTo("key".getBytes());
        assertThat(scratch.keyValue().valueBytes()).isEqualTo(new LongSerializer().serialize("t", 7L));
    }

    @Test
    void fill_onceWarm_allocatesNothing() {
        var serializer = new RecordSerializer<>(new LongSerializer(), new StringSerializer());
        var records = new ProducerRecord[] {
            new ProducerRecord<>("t", 5L, "v".repeat(100)), new ProducerRecord<>("t", 6L, "\u20ac".repeat(1_000))
        };
        long allocated = Long.MAX_VALUE;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (int attempt = 0; attempt < 5 && allocated > 0; attempt++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                fill(serializer, records[i & 1]);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertThat(allocated).as("bytes for 1,000 records").isLessThan(1_000);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void fill(RecordSerializer serializer, ProducerRecord record) {
        serializer.fill(scratch, record);
    }
}
