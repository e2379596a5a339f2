package io.penstock.internal.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class FrameBuffersTest {

    private final FrameBuffers buffers = new FrameBuffers();

    @Test
    void largeFrame_isUsedAgain_andNoLargerThanItNeedsToBe() {
        // Prevents: a megabyte taken from the system, cleared and mapped for each request of small batches.
        ByteBuffer[] first = buffers.take((1 << 20) + 1);
        assertThat(first[0].capacity()).isBetween((1 << 20) + 1, (1 << 20) + (64 << 10));
        first[0].putInt(1);
        buffers.giveBack(first);
        ByteBuffer[] again = buffers.take(1 << 20);
        assertThat(again).isSameAs(first);
        assertThat(again[0].position()).isZero();
        assertThat(buffers.take(1 << 20)).isNotSameAs(first);
    }

    @Test
    void whatIsKept_isBounded() {
        ByteBuffer[][] out = new ByteBuffer[5][];
        for (int i = 0; i < out.length; i++) {
            out[i] = buffers.take(1 << 20);
        }
        for (ByteBuffer[] each : out) {
            buffers.giveBack(each);
        }
        for (int i = 3; i >= 0; i--) {
            assertThat(buffers.take(1 << 20)).isSameAs(out[i]);
        }
        assertThat(buffers.take(1 << 20)).as("the fifth was not kept").isNotSameAs(out[4]);
    }
}
