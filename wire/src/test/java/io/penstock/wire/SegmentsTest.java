package io.penstock.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentsTest {

    @Test
    void of_takesFromPositionToLimit_andLeavesThePositions() {
        ByteBuffer first = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}).position(1).limit(3);
        ByteBuffer second = ByteBuffer.allocateDirect(1).put(0, (byte) 3);

        Segments segments = Segments.of(List.of(first, second));
        first.clear();

        assertThat(segments.count()).isEqualTo(2);
        assertThat(segments.sizeBytes()).isEqualTo(3);
        assertThat(segments.toContiguous()).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    }

    @Test
    void get_isAViewOfItsOwn_eachTime() {
        Segments segments = Segments.of(ByteBuffer.wrap(new byte[] {1, 2}));

        segments.get(0).get();

        assertThat(segments.get(0).remaining()).isEqualTo(2);
    }

    @Test
    void toContiguous_whenThereIsOneSegment_copiesNothing() {
        byte[] page = {1, 2};

        assertThat(Segments.of(ByteBuffer.wrap(page)).toContiguous().array()).isSameAs(page);
    }

    @Test
    void of_nothing_isEmpty() {
        assertThat(Segments.of().sizeBytes()).isZero();
        assertThat(Segments.of().toContiguous().hasRemaining()).isFalse();
    }
}
