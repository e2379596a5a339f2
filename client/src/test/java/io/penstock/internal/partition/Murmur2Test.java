package io.penstock.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

class Murmur2Test {

    @Test
    void hash_ofEveryShortLength_isApaches() {
        Random random = new Random(1);
        for (int length = 0; length < 70; length++) {
            for (int round = 0; round < 200; round++) {
                byte[] key = new byte[length];
                random.nextBytes(key);
                assertThat(Murmur2.hash(key))
                        .as("length %d round %d", length, round)
                        .isEqualTo(Utils.murmur2(key));
            }
        }
    }

    @Test
    void hash_ofBytesAboveAndBelowZero_isApaches() {
        for (int value = Byte.MIN_VALUE; value <= Byte.MAX_VALUE; value++) {
            for (int length = 1; length <= 9; length++) {
                byte[] key = new byte[length];
                java.util.Arrays.fill(key, (byte) value);
                assertThat(Murmur2.hash(key)).isEqualTo(Utils.murmur2(key));
            }
        }
    }

    @Test
    void partition_forSeededKeysAndCounts_isApaches() {
        Random random = new Random(2);
        for (int round = 0; round < 50_000; round++) {
            byte[] key = new byte[random.nextInt(64)];
            random.nextBytes(key);
            int partitionCount = 1 + random.nextInt(round % 2 == 0 ? 64 : 100_000);
            assertThat(Murmur2.partition(key, partitionCount))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key, partitionCount));
        }
    }

    @Test
    void partition_ofKnownKeys_staysWhatItIs() {
        // Written down so that the answer is known even where Apache's classes are not at hand.
        assertThat(Murmur2.hash("21".getBytes(StandardCharsets.UTF_8))).isEqualTo(-973932308);
        assertThat(Murmur2.hash("foobar".getBytes(StandardCharsets.UTF_8))).isEqualTo(-790332482);
        assertThat(Murmur2.hash(new byte[0])).isEqualTo(Utils.murmur2(new byte[0]));
    }
}
