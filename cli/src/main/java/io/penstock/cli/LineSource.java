package io.penstock.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a stream, as bytes.
 *
 * <p>Read by one thread; the count of bytes may be looked at by others. A line ends at a line feed, which does not belong
 * to it; a carriage return before it does. The last line needs no line feed. Nothing is decoded, so that what is not
 * UTF-8 passes unchanged.
 */
final class LineSource {
    private static final int BLOCK_BYTES = 256 * 1024;

    private final InputStream in;
    private final String name;
    private final int maxLineBytes;
    private byte[] buffer = new byte[BLOCK_BYTES];
    private int from;
    private int to;
    private boolean ended;
    private long lineCount;
    private volatile long readBytes;

    LineSource(InputStream in, String name, int maxLineBytes) {
        this.in = in;
        this.name = name;
        this.maxLineBytes = maxLineBytes;
    }

    /**
     * The next line, or null at the end.
     *
     * @throws CliException if a line is longer than the most that a record could be
     */
    byte @Nullable [] next() throws IOException {
        int searched = 0;
        while (true) {
            int end = indexOfLineFeed(from + searched);
            if (end >= 0) {
                return take(end, end + 1);
            }
            searched = to - from;
            if (!fill()) {
                return to > from ? take(to, to) : null;
            }
        }
    }

    private int indexOfLineFeed(int start) {
        for (int i = start; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] take(int end, int next) {
        byte[] line = Arrays.copyOfRange(buffer, from, end);
        from = next;
        lineCount++;
        return line;
    }

    /** Reads at least one more byte behind those not taken yet; false at the end of the stream. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to > maxLineBytes) {
            throw new CliException("line " + (lineCount + 1) + " of " + name + " is longer than " + maxLineBytes
                    + " bytes, more than a record can hold: is it a file of lines?");
        }
        if (to == buffer.length) {
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * buffer.length, maxLineBytes + 1L));
        }
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) {
            ended = true;
            return false;
        }
        to += read;
        readBytes = readBytes + read;
        return true;
    }

    /** How much has been read so far. */
    long readBytes() {
        return readBytes;
    }
}
