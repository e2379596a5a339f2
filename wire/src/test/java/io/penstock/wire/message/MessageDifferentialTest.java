package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our messages against Apache's: the same content gives the same bytes, and the same bytes the same content. */
class MessageDifferentialTest {

    private static final int ROUNDS = 40;
    private static final int UNKNOWN_TAG = 1_000;

    static Stream<MessageCase> cases() {
        return MessageCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void bytesAndContent_areApaches(MessageCase message) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = message.seed(round);
            Map<String, Object> tree = FieldTree.random(message.schema(), new Random(seed));
            Message ours = FieldBinder.fill(message.ours().get(), tree);
            org.apache.kafka.common.protocol.Message apaches =
                    FieldBinder.fill(message.apaches().get(), tree);
            Map<String, Object> content = FieldBinder.extract(apaches, message.schema());

            ByteBuffer bytes = MessageCase.write(ours, message.version());

            assertThat(bytes).as(message.describe(seed)).isEqualTo(MessageCase.write(apaches, message.version()));
            assertThat(FieldBinder.extract(message.readOurs(lying(bytes, round)), message.schema()))
                    .as(message.describe(seed))
                    .isEqualTo(content);
            assertThat(FieldBinder.extract(message.readApaches(bytes), message.schema()))
                    .as(message.describe(seed))
                    .isEqualTo(content);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void defaults_areApaches(MessageCase message) {
        assertThat(FieldBinder.extract(message.ours().get(), message.schema()))
                .isEqualTo(FieldBinder.extract(message.apaches().get(), message.schema()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void unknownTaggedFields_arePassedOver(MessageCase message) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = message.seed(round);
            Random random = new Random(seed);
            org.apache.kafka.common.protocol.Message apaches =
                    FieldBinder.fill(message.apaches().get(), FieldTree.random(message.schema(), random));
            Map<String, Object> content = FieldBinder.extract(apaches, message.schema());
            addUnknownTags(apaches, message.schema(), random);
            ByteBuffer bytes = MessageCase.write(apaches, message.version());

            assertThat(FieldBinder.extract(message.readOurs(lying(bytes, round)), message.schema()))
                    .as(message.describe(seed))
                    .isEqualTo(content);
        }
    }

    /** The same bytes on the heap with something before and after them, or in direct memory. */
    private static ByteBuffer lying(ByteBuffer bytes, int round) {
        int margin = round % 3;
        int size = bytes.remaining();
        ByteBuffer whole =
                round % 2 == 0 ? ByteBuffer.allocate(size + 2 * margin) : ByteBuffer.allocateDirect(size + 2 * margin);
        return whole.put(margin, bytes, bytes.position(), size).position(margin).limit(margin + size);
    }

    private static void addUnknownTags(Object struct, Schema schema, Random random) {
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields && random.nextBoolean()) {
                addUnknownTags(struct, random);
            }
        }
        for (Field field : FieldTree.fields(schema)) {
            Object value = FieldBinder.get(struct, field);
            if (value != null && field.type instanceof Schema inner) {
                addUnknownTags(value, inner, random);
            } else if (value != null
                    && field.type.isArray()
                    && field.type.arrayElementType().orElseThrow() instanceof Schema inner) {
                FieldBinder.elements(value).forEach(each -> addUnknownTags(each, inner, random));
            }
        }
    }

    private static void addUnknownTags(Object struct, Random random) {
        List<RawTaggedField> tags = ((org.apache.kafka.common.protocol.Message) struct).unknownTaggedFields();
        int count = random.nextInt(8) == 0 ? 500 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            byte[] content = new byte[random.nextInt(20)];
            random.nextBytes(content);
            tags.add(new RawTaggedField(UNKNOWN_TAG + i, content));
        }
    }
}
