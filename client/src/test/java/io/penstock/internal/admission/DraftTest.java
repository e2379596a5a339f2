package io.penstock.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The size by which max.request.size is checked, against Apache's own estimate. */
class DraftTest {

    /** Where the length of a length changes. */
    private static final int[] EDGES = {0, 1, 63, 64, 8_191, 8_192, 1_048_575, 1_048_576};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20_261_122})
    void maxBatchBytes_isWhatApacheEstimates(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            byte[] key = random.nextInt(4) == 0 ? null : new byte[size(random)];
            byte[] value = random.nextInt(4) == 0 ? null : new byte[size(random)];
            RecordHeaders ours = new RecordHeaders();
            List<Header> theirs = new ArrayList<>();
            for (int count = random.nextInt(random.nextBoolean() ? 3 : 80); count > 0; count--) {
                String name = random.nextBoolean() ? "h".repeat(random.nextInt(70)) : "\u00e9\u6c34";
                byte[] content = random.nextInt(4) == 0 ? null : new byte[random.nextInt(70)];
                ours.add(name, content);
                theirs.add(new RecordHeader(name, content));
            }
            Draft draft = new Draft(new ProducerRecord<>("t", null, null, key, value, ours), key, value, 1_000, null);
            assertThat(draft.maxBatchBytes())
                    .as("seed %d, record %d", seed, i)
                    .isEqualTo(AbstractRecords.estimateSizeInBytesUpperBound(
                            RecordBatch.CURRENT_MAGIC_VALUE,
                            Compression.NONE.type(),
                            key,
                            value,
                            theirs.toArray(new Header[0])));
        }
    }

    private static int size(Random random) {
        int edge = EDGES[random.nextInt(random.nextInt(10) == 0 ? EDGES.length : 6)];
        return Math.max(0, edge + random.nextInt(5) - 2);
    }

    @Test
    void draft_takesTheRecordsTimestampOrNow_andItsHeadersForGood() {
        var record = new ProducerRecord<byte[], byte[]>("t", null, 5L, null, null);
        assertThat(new Draft(record, null, null, 1_000, null).promise().timestamp())
                .isEqualTo(5);
        assertThatThrownBy(() -> record.headers().add("late", null)).isInstanceOf(IllegalStateException.class);
        var now = new ProducerRecord<byte[], byte[]>("t", null, (Long) null, null, null);
        assertThat(new Draft(now, null, null, 1_000, null).promise().timestamp())
                .isEqualTo(1_000);
    }
}
