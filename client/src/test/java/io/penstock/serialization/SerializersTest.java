package io.penstock.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.errors.SerializationException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Writes the same bytes as Kafka's serializers of the same names. */
class SerializersTest {
    private static final long SEED = 20_261_122L;
    private final Random random = new Random(SEED);

    private <T> void assertSame(
            Serializer<T> ours,
            org.apache.kafka.common.serialization.Serializer<T> apache,
            Function<Random, T> any,
            List<T> edges) {
        List<T> values = new ArrayList<>(edges);
        values.add(null);
        for (int i = 0; i < 300; i++) {
            values.add(any.apply(random));
        }
        for (T value : values) {
            assertThat(ours.serialize("t", value))
                    .as("%s of %s, seed %d", ours.getClass().getSimpleName(), value, SEED)
                    .isEqualTo(apache.serialize("t", value));
        }
    }

    @Test
    void numbers() {
        assertSame(
                new ShortSerializer(),
                new org.apache.kafka.common.serialization.ShortSerializer(),
                r -> (short) r.nextInt(),
                List.of((short) 0, (short) -1, Short.MIN_VALUE, Short.MAX_VALUE));
        assertSame(
                new IntegerSerializer(),
                new org.apache.kafka.common.serialization.IntegerSerializer(),
                Random::nextInt,
                List.of(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertSame(
                new LongSerializer(),
                new org.apache.kafka.common.serialization.LongSerializer(),
                Random::nextLong,
                List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE));
        assertSame(
                new FloatSerializer(),
                new org.apache.kafka.common.serialization.FloatSerializer(),
                r -> Float.intBitsToFloat(r.nextInt()),
                List.of(0f, -0f, Float.NaN, Float.intBitsToFloat(0x7fc00001), Float.POSITIVE_INFINITY));
        assertSame(
                new DoubleSerializer(),
                new org.apache.kafka.common.serialization.DoubleSerializer(),
                r -> Double.longBitsToDouble(r.nextLong()),
                List.of(0d, -0d, Double.NaN, Double.longBitsToDouble(0x7ff8000000000001L), Double.NEGATIVE_INFINITY));
        assertSame(
                new BooleanSerializer(),
                new org.apache.kafka.common.serialization.BooleanSerializer(),
                Random::nextBoolean,
                List.of(true, false));
    }

    @Test
    void text() {
        Function<Random, String> anyText = r -> r.ints(r.nextInt(40), 0, 0xffff)
                .collect(StringBuilder::new, (b, c) -> b.append((char) c), StringBuilder::append)
                .toString();
        List<String> edges = List.of("", "a", "\u0000", "\ud83d\ude00", "\ud800", "ä€");
        assertSame(
                new StringSerializer(), new org.apache.kafka.common.serialization.StringSerializer(), anyText, edges);
        for (Map<String, String> configs : List.of(
                Map.of("key.serializer.encoding", "UTF-16"),
                Map.of("serializer.encoding", "ISO-8859-1"),
                Map.of("serializer.encoding", "UTF-16", "key.serializer.encoding", "US-ASCII"),
                Map.of("value.serializer.encoding", "UTF-16"))) {
            var ours = new StringSerializer();
            var apache = new org.apache.kafka.common.serialization.StringSerializer();
            ours.configure(configs, true);
            apache.configure(configs, true);
            assertSame(ours, apache, anyText, edges);
        }
        assertThatThrownBy(() -> new StringSerializer().configure(Map.of("serializer.encoding", "no such"), true))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("no such");
        assertThatThrownBy(() -> new UUIDSerializer().configure(Map.of("serializer.encoding", "UTF-99"), true))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void bytes() {
        assertSame(
                new ByteArraySerializer(),
                new org.apache.kafka.common.serialization.ByteArraySerializer(),
                r -> new byte[r.nextInt(9)],
                List.of(new byte[0]));
        assertSame(
                new UUIDSerializer(),
                new org.apache.kafka.common.serialization.UUIDSerializer(),
                r -> new UUID(r.nextLong(), r.nextLong()),
                List.of(new UUID(0, 0)));
        assertThat(new VoidSerializer().serialize("t", null)).isNull();
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void voidSerializer_refusesAnythingElse() {
        assertThatThrownBy(() -> ((Serializer) new VoidSerializer()).serialize("t", "x"))
                .isInstanceOfAny(ClassCastException.class, IllegalArgumentException.class);
    }

    @Test
    void byteBuffer_wherePositionAndLimitAre() {
        for (int i = 0; i < 500; i++) {
            ByteBuffer buffer = randomBuffer();
            int position = buffer.position();
            byte[] expected =
                    new org.apache.kafka.common.serialization.ByteBufferSerializer().serialize("t", buffer.duplicate());
            assertThat(new ByteBufferSerializer().serialize("t", buffer))
                    .as("buffer %s, seed %d", buffer, SEED)
                    .isEqualTo(expected);
            // prevents a second send of the same buffer from sending something else
            assertThat(buffer.position()).isEqualTo(position);
        }
        assertThat(new ByteBufferSerializer().serialize("t", null)).isNull();
    }

    private ByteBuffer randomBuffer() {
        int capacity = random.nextInt(20);
        ByteBuffer buffer = random.nextBoolean() ? ByteBuffer.allocate(capacity) : ByteBuffer.allocateDirect(capacity);
        for (int i = 0; i < capacity; i++) {
            buffer.put(i, (byte) random.nextInt());
        }
        if (capacity > 0 && random.nextInt(4) == 0) {
            int from = random.nextInt(capacity);
            buffer = buffer.slice(from, capacity - from);
        }
        buffer.limit(random.nextInt(buffer.capacity() + 1));
        buffer.position(random.nextInt(buffer.limit() + 1));
        return random.nextInt(4) == 0 ? buffer.asReadOnlyBuffer() : buffer;
    }

    @Test
    void lists_ofConstantAndVariableSize() {
        Function<Random, List<Integer>> ints = r -> r.ints(r.nextInt(6))
                .mapToObj(i -> i % 3 == 0 ? null : Integer.valueOf(i))
                .collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
        assertSame(
                new ListSerializer<>(new IntegerSerializer()),
                new org.apache.kafka.common.serialization.ListSerializer<>(
                        new org.apache.kafka.common.serialization.IntegerSerializer()),
                ints,
                List.of(List.of(), Arrays.asList(null, null), List.of(1)));
        assertSame(
                new ListSerializer<>(new StringSerializer()),
                new org.apache.kafka.common.serialization.ListSerializer<>(
                        new org.apache.kafka.common.serialization.StringSerializer()),
                r -> Arrays.asList("a".repeat(r.nextInt(5)), null, ""),
                List.of(List.of(), Arrays.asList((String) null)));
        assertSame(
                new ListSerializer<>(new UUIDSerializer()),
                new org.apache.kafka.common.serialization.ListSerializer<>(
                        new org.apache.kafka.common.serialization.UUIDSerializer()),
                r -> Arrays.asList(new UUID(r.nextLong(), 0), null),
                List.of());
    }

    @Test
    void list_isConfiguredByClassOrName() {
        for (Object inner : List.of(IntegerSerializer.class, IntegerSerializer.class.getName())) {
            var list = new ListSerializer<Integer>();
            list.configure(Map.of("default.list.value.serde.inner", inner), false);
            assertThat(list.serialize("t", List.of(7)))
                    .isEqualTo(new ListSerializer<>(new IntegerSerializer()).serialize("t", List.of(7)));
        }
        assertThatThrownBy(() -> new ListSerializer<>().configure(Map.of(), true))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new ListSerializer<>()
                        .configure(Map.of("default.list.key.serde.inner", "java.lang.String"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("default.list.key.serde.inner");
        assertThatThrownBy(() -> new ListSerializer<>(new IntegerSerializer()).configure(Map.of(), true))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> new ListSerializer<>().serialize("t", List.of()))
                .isInstanceOf(SerializationException.class);
    }
}
