package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProducerRecordTest {
    @Test
    void constructors_fillWhatTheyTake() {
        List<Header> headers = List.of(new RecordHeader("h", null));
        var full = new ProducerRecord<>("t", 3, 7L, "k", "v", headers);
        assertThat(full.topic()).isEqualTo("t");
        assertThat(full.partition()).isEqualTo(3);
        assertThat(full.timestamp()).isEqualTo(7);
        assertThat(full.key()).isEqualTo("k");
        assertThat(full.value()).isEqualTo("v");
        assertThat(full.headers().toArray()).hasSize(1);
        assertThat(new ProducerRecord<>("t", 3, "k", "v", headers).timestamp()).isNull();
        assertThat(new ProducerRecord<>("t", 3, 7L, "k", "v").headers().toArray())
                .isEmpty();
        assertThat(new ProducerRecord<>("t", 3, "k", "v").partition()).isEqualTo(3);
        assertThat(new ProducerRecord<>("t", "k", "v").partition()).isNull();
        assertThat(new ProducerRecord<String, String>("t", "v").key()).isNull();
    }

    @Test
    void constructor_whenMisused_saysWithWhat() {
        assertThatThrownBy(() -> new ProducerRecord<>(null, "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("topic");
        assertThatThrownBy(() -> new ProducerRecord<>("t", -2, "k", "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-2")
                .hasMessageContaining("t");
        assertThatThrownBy(() -> new ProducerRecord<>("t", 0, -5L, "k", "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-5");
    }

    @Test
    void equality_looksAtEverything() {
        var a = new ProducerRecord<>("t", 1, 2L, "k", "v");
        var b = new ProducerRecord<>("t", 1, 2L, "k", "v");
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
        b.headers().add("h", null);
        assertThat(a).isNotEqualTo(b);
        assertThat(a.toString()).contains("topic=t", "partition=1", "timestamp=2", "key=k", "value=v");
    }

    @Test
    void metadata_isAsKafkas() {
        for (long base : new long[] {-1, 0, 7}) {
            for (int index : new int[] {-1, 0, 3}) {
                for (long timestamp : new long[] {-1, 0, 99}) {
                    var ours = new RecordMetadata(new TopicPartition("t", 1), base, index, timestamp, 5, -1);
                    var theirs = new org.apache.kafka.clients.producer.RecordMetadata(
                            new org.apache.kafka.common.TopicPartition("t", 1), base, index, timestamp, 5, -1);
                    assertThat(ours.offset()).isEqualTo(theirs.offset());
                    assertThat(ours.hasOffset()).isEqualTo(theirs.hasOffset());
                    assertThat(ours.timestamp()).isEqualTo(theirs.timestamp());
                    assertThat(ours.hasTimestamp()).isEqualTo(theirs.hasTimestamp());
                    assertThat(ours).hasToString(theirs.toString());
                    assertThat(ours.serializedKeySize()).isEqualTo(5);
                    assertThat(ours.serializedValueSize()).isEqualTo(-1);
                }
            }
        }
    }
}
