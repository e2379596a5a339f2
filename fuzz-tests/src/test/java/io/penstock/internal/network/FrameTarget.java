package io.penstock.internal.network;

import io.penstock.fuzz.Allocation;
import io.penstock.wire.WireFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * The frame reader, fed in pieces: every frame is one that was announced, the pieces make no difference, and it holds no more than
 * twice what came. The first byte says how large the pieces are.
 */
public final class FrameTarget {

    private FrameTarget() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int piece = 1 + (input[0] & 0xff);
        Allocation.within(64 * 1024 + 16L * input.length, () -> {
            long inPieces = feed(input, piece);
            long atOnce = feed(input, input.length);
            if (inPieces != atOnce) {
                throw new AssertionError("pieces of " + piece + " give other frames than all at once");
            }
        });
    }

    /** A hash of what came out, up to the refusal if there is one. */
    private static long feed(byte[] input, int piece) {
        FrameReader reader = new FrameReader();
        long[] hash = {1};
        // One buffer and one listener for all pieces: what is measured is the reader's.
        ByteBuffer bytes = ByteBuffer.wrap(input);
        FrameSink frames = frame -> {
            if (frame.remaining() < FrameReader.MIN_FRAME_BYTES) {
                throw new AssertionError("a frame of " + frame.remaining());
            }
            hash[0] = hash[0] * 31 + frame.hashCode();
            return true;
        };
        try {
            for (int at = 1; at < input.length; at += piece) {
                bytes.limit(Math.min(at + piece, input.length)).position(at);
                reader.feed(bytes, frames);
                if (reader.heldBytes() > Math.max(FrameReader.KEPT_BYTES, 2 * input.length)) {
                    throw new AssertionError(reader.heldBytes() + " bytes held for " + input.length);
                }
            }
        } catch (WireFormatException e) {
            hash[0] = hash[0] * 31 + 7;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return hash[0];
    }
}
