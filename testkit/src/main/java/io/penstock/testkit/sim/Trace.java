package io.penstock.testkit.sim;

import java.io.PrintStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Everything that happened, as one number: two runs of one seed have the same, or something in them is left to chance.
 *
 * <p>With a stream to print to, each event is a line as well.
 */
final class Trace {

    private static final long PRIME = 0x100000001B3L;
    private static final double NANOS_PER_MILLI = 1e6;

    private final SimClock clock;
    private final @Nullable PrintStream out;
    private final CRC32C crc = new CRC32C();
    private long hash = 0xCBF29CE484222325L;
    private long eventCount;

    Trace(SimClock clock, @Nullable PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    /** Something happened; {@code what} is a constant. */
    void add(String what, long a, long b) {
        eventCount++;
        mix(what.hashCode());
        mix(clock.now());
        mix(a);
        mix(b);
        if (out != null) {
            out.printf("%12.3f ms  %-12s %d %d%n", clock.now() / NANOS_PER_MILLI, what, a, b);
        }
    }

    /** Bytes moved. */
    void addBytes(String what, long where, byte[] bytes) {
        crc.reset();
        crc.update(bytes);
        mix(crc.getValue());
        add(what, where, bytes.length);
    }

    /** For who reads a printed trace; counts for nothing. */
    void note(String format, Object... args) {
        if (out != null) {
            out.printf("%12.3f ms  # %s%n", clock.now() / NANOS_PER_MILLI, String.format(format, args));
        }
    }

    boolean isPrinted() {
        return out != null;
    }

    long hash() {
        return hash;
    }

    long eventCount() {
        return eventCount;
    }

    private void mix(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }
}
