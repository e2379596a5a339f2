package io.penstock.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;

/** Prevents that the quick ways of zstd's default level are used where they cost size, or tried all the time. */
class ZstdChoiceTest {

    private static final int BATCH_BYTES = 1 << 20;

    private final ZstdChoice choice = new ZstdChoice(ZstdSearch.SMALL_TABLES);

    @Test
    void next_whenAQuickWayIsNoLarger_takesTheSmallerOfThem() {
        assertThat(choice.next(sizes(1000, 1005, 1020))).isEqualTo(ZstdSearch.QUICK);
        assertThat(new ZstdChoice(ZstdSearch.LEVEL).next(sizes(1000, 1005, 990)))
                .isEqualTo(ZstdSearch.QUICK_LONG);
    }

    @Test
    void next_whenBothAreLarger_takesTheUsualOne() {
        assertThat(choice.next(sizes(1000, 1011, 1080))).isEqualTo(ZstdSearch.SMALL_TABLES);
        assertThat(new ZstdChoice(ZstdSearch.LEVEL).next(sizes(1000, 1011, 1080)))
                .isEqualTo(ZstdSearch.LEVEL);
    }

    @Test
    void next_whenTheDataChange_followsWithinAFewTrials() {
        next(64, sizes(1000, 990, 1000));
        assertThat(choice.next(none())).isEqualTo(ZstdSearch.QUICK);
        next(ZstdChoice.MOST_BETWEEN * 2, sizes(1000, 1060, 1080));
        assertThat(choice.next(none())).isEqualTo(ZstdSearch.SMALL_TABLES);
    }

    @Test
    void next_whenManyBatchesCame_triesOneInMany() {
        int[] trials = {0};
        next(10_000, search -> {
            trials[0]++;
            return 1;
        });
        assertThat(trials[0] / 3).isBetween(10_000 / ZstdChoice.MOST_BETWEEN, 10_000 / ZstdChoice.MOST_BETWEEN + 8);
    }

    @Test
    void compress_whenLinesRepeatFarBack_isNoLargerThanTheUsualWay() {
        ByteBuffer prose = prose(new Random(7));
        assertThat((double) compressed(prose) / usual(prose)).isLessThanOrEqualTo(1.01);
    }

    @Test
    void compress_whenRecordsAreEvents_takesAQuickWay() {
        Random random = new Random(7);
        ByteBuffer events = ByteBuffer.allocateDirect(BATCH_BYTES);
        for (byte[] event = JsonSample.event(random);
                event.length <= events.remaining();
                event = JsonSample.event(random)) {
            events.put(event);
        }
        assertThat(compressed(events.flip())).isLessThan(usual(events));
    }

    private static ToIntFunction<ZstdSearch> sizes(int usual, int quick, int quickLong) {
        Map<ZstdSearch, Integer> sizes = Map.of(ZstdSearch.QUICK, quick, ZstdSearch.QUICK_LONG, quickLong);
        return search -> sizes.getOrDefault(search, usual);
    }

    /** Where no trial is due. */
    private static ToIntFunction<ZstdSearch> none() {
        return search -> {
            throw new AssertionError("tried " + search);
        };
    }

    private void next(int times, ToIntFunction<ZstdSearch> trial) {
        for (int i = 0; i < times; i++) {
            choice.next(trial);
        }
    }

    private static int compressed(ByteBuffer batch) {
        try (Compressor compressor = Compressors.create(CompressionType.ZSTD)) {
            return compressor.compress(new ByteBuffer[] {batch}, 0, 1).remaining();
        }
    }

    private static int usual(ByteBuffer batch) {
        ByteBuffer out = ByteBuffer.allocateDirect((int) Zstd.compressBound(batch.remaining()));
        try (ZstdCompressCtx context = new ZstdCompressCtx().setLevel(CompressionType.ZSTD.defaultLevel())) {
            ZstdSearch.SMALL_TABLES.applyTo(context);
            return context.compressDirectByteBuffer(out, 0, out.capacity(), batch, 0, batch.remaining());
        }
    }

    /** Words by Zipf's law, sentences that come again long after. */
    private static ByteBuffer prose(Random random) {
        String[] words = new String[4000];
        for (int i = 0; i < words.length; i++) {
            StringBuilder word = new StringBuilder();
            for (int k = 2 + random.nextInt(8); k > 0; k--) {
                word.append((char) ('a' + Math.min(random.nextInt(26), random.nextInt(26))));
            }
            words[i] = word.append(' ').toString();
        }
        byte[][] sentences = new byte[3000][];
        for (int i = 0; i < sentences.length; i++) {
            StringBuilder sentence = new StringBuilder();
            for (int k = 4 + random.nextInt(12); k > 0; k--) {
                sentence.append(words[(int) (words.length * Math.pow(random.nextDouble(), 4))]);
            }
            sentences[i] = sentence.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer batch = ByteBuffer.allocateDirect(BATCH_BYTES);
        for (byte[] next = sentences[0];
                next.length <= batch.remaining();
                next = sentences[random.nextInt(sentences.length)]) {
            batch.put(next);
        }
        return batch.flip();
    }
}
