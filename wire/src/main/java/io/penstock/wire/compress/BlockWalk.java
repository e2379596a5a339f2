package io.penstock.wire.compress;

import java.nio.ByteBuffer;

/**
 * Walks pages in blocks of 64 KiB, for the codecs that compress block by block.
 *
 * <p>Owned by its codec and reused. A block that lies within one direct page is given where it lies, one that straddles
 * pages is gathered into a scratch buffer. Positions and limits of the pages stay as they are.
 */
final class BlockWalk {

    static final int BLOCK_BYTES = 64 * 1024;

    private final DirectScratch scratch = new DirectScratch();
    private ByteBuffer[] source = {};
    private int page;
    private int end;
    private int offsetInPage;

    private ByteBuffer block = scratch.atLeast(0);
    private int blockOffset;
    private int blockLength;

    void start(ByteBuffer[] pages, int from, int count) {
        source = pages;
        page = from;
        end = from + count;
        offsetInPage = 0;
    }

    /** Moves to the next block; false, and the pages let go, when there is none. */
    boolean next() {
        skipEmpty();
        if (page == end) {
            source = new ByteBuffer[0];
            block = scratch.atLeast(0);
            return false;
        }
        ByteBuffer current = source[page];
        int left = current.remaining() - offsetInPage;
        if (current.isDirect() && (left >= BLOCK_BYTES || page == end - 1)) {
            block = current;
            blockOffset = current.position() + offsetInPage;
            blockLength = Math.min(left, BLOCK_BYTES);
            offsetInPage += blockLength;
        } else {
            gather();
        }
        return true;
    }

    /** The buffer of the current block, to be used with absolute access from {@link #offset()} for {@link #length()}. */
    ByteBuffer block() {
        return block;
    }

    int offset() {
        return blockOffset;
    }

    int length() {
        return blockLength;
    }

    private void gather() {
        block = scratch.atLeast(BLOCK_BYTES);
        blockOffset = 0;
        blockLength = 0;
        while (page < end && blockLength < BLOCK_BYTES) {
            ByteBuffer current = source[page];
            int now = Math.min(current.remaining() - offsetInPage, BLOCK_BYTES - blockLength);
            block.put(blockLength, current, current.position() + offsetInPage, now);
            blockLength += now;
            offsetInPage += now;
            skipEmpty();
        }
    }

    private void skipEmpty() {
        while (page < end && offsetInPage == source[page].remaining()) {
            page++;
            offsetInPage = 0;
        }
    }
}
