package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one version can say, another may not: a field that would be lost is refused exactly where Apache refuses it. */
class MessageVersionRulesTest {

    private static final int ROUNDS = 4;

    static Stream<MessageCase> cases() {
        return MessageCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void contentOfThisVersion_inEveryOther_isWrittenOrRefusedAsByApache(MessageCase message) {
        for (int round = 0; round < ROUNDS; round++) {
            long seed = message.seed(round);
            Map<String, Object> tree = FieldTree.random(message.schema(), new Random(seed));
            Message ours = FieldBinder.fill(message.ours().get(), tree);
            org.apache.kafka.common.protocol.Message apaches =
                    FieldBinder.fill(message.apaches().get(), tree);
            for (short other = ours.lowestVersion(); other <= ours.highestVersion(); other++) {
                assertThat(writeOurs(ours, other))
                        .as("written as version %s: %s", other, message.describe(seed))
                        .isEqualTo(writeApaches(apaches, other));
            }
        }
    }

    private static ByteBuffer writeOurs(Message message, short version) {
        try {
            return MessageCase.write(message, version);
        } catch (IllegalArgumentException refused) {
            return null;
        }
    }

    private static ByteBuffer writeApaches(org.apache.kafka.common.protocol.Message message, short version) {
        try {
            return MessageCase.write(message, version);
        } catch (UnsupportedVersionException | NullPointerException refused) {
            return null;
        }
    }

    @Test
    void write_whenTheVersionCannotCarryASetField_namesMessageFieldAndVersion() {
        MetadataRequest request = new MetadataRequest().includeTopicAuthorizedOperations(true);

        assertThatThrownBy(() -> request.write(new WireWriter(), (short) 4))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MetadataRequest.IncludeTopicAuthorizedOperations is set, but version 4 cannot carry it:"
                        + " leave it at its default there");
    }

    @Test
    void write_whenTheVersionCannotSayNull_namesMessageFieldAndVersion() {
        MetadataRequest request =
                new MetadataRequest().topics(List.of(new MetadataRequest.MetadataRequestTopic().name(null)));

        assertThatThrownBy(() -> request.write(new WireWriter(), (short) 9))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MetadataRequest.MetadataRequestTopic.Name is null, which version 9 cannot say");
    }

    @Test
    void writeAndRead_whenThereIsNoSuchVersion_sayWhichThereAre() {
        assertThatThrownBy(() -> new ProduceRequest().write(new WireWriter(), (short) 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ProduceRequest has no version 2, only 3 to 13");
        assertThatThrownBy(() -> new ProduceResponse().read(new WireReader(ByteBuffer.allocate(9)), (short) 14))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ProduceResponse has no version 14, only 3 to 13");
    }
}
