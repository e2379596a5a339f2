package io.penstock.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.producer.Headers;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ListSerializer;
import io.penstock.serialization.LongSerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordSerializerTest {

    /** Adds a header, as one that announces a schema does. */
    private static final Serializer<String> ANNOUNCING = new Serializer<>() {

        @Override
        public byte[] serialize(String topic, String data) {
            throw new AssertionError("The record's headers are there and were not given");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, String data) {
            headers.add("schema", null);
            return data.getBytes();
        }
    };

    private static int headerCount(Serializer<List<String>> lists) {
        var record = new ProducerRecord<List<String>, Long>("t", List.of("a", "b"), 5L);
        var serializer = new RecordSerializer<>(lists, new LongSerializer());
        assertThat(serializer.key(record)).isNotEmpty();
        assertThat(serializer.value(record)).hasSize(8);
        return record.sealHeaders().headerCount();
    }

    /** Prevents headers that are spared where nobody asks for them from being kept from those who do. */
    @Test
    void key_ofAList_givesTheRecordsHeadersToTheElementsSerializer() {
        assertThat(headerCount(new ListSerializer<>(ANNOUNCING))).isEqualTo(2);
    }

    @Test
    void key_ofAListOfStrings_addsNoHeaders() {
        assertThat(headerCount(new ListSerializer<>(new StringSerializer()))).isZero();
    }
}
