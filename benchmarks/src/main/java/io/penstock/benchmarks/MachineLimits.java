package io.penstock.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * How fast this machine sums, copies and writes to itself: what no producer can be cheaper than.
 *
 * <p>As a program: {@code sink} reads and discards what one connection sends and prints its port first; {@code measure PORT} prints
 * the rates, in CPU-bound gigabytes a second on one core.
 *
 * @param sum CRC-32C, in GB a CPU second
 * @param copy from the heap into direct memory, the same
 * @param write of 64 KiB at a time to a socket of this machine, the same
 */
public record MachineLimits(double sum, double copy, double write) {

    private static final int PIECE_BYTES = 64 * 1024;
    private static final long MEASURED_NANOS = 400_000_000L;
    private static final int ROUNDS = 4;

    public static void main(String[] args) throws IOException {
        if (args[0].equals("sink")) {
            sink();
        } else {
            measure(Integer.parseInt(args[1]));
        }
    }

    static MachineLimits measure() throws IOException {
        try (Child sink = Child.start(1, MachineLimits.class, "sink");
                Child source = Child.start(0, MachineLimits.class, "measure", sink.greeting())) {
            String[] rates = source.read().split(" ");
            return new MachineLimits(
                    Double.parseDouble(rates[0]), Double.parseDouble(rates[1]), Double.parseDouble(rates[2]));
        }
    }

    /** CPU time that each byte is summed, copied and written in once, for a million records. */
    double floorSecondsPerMillion(double recordBytes) {
        return recordBytes / 1e3 * (1 / sum + 1 / copy + 1 / write);
    }

    /** One line of text. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "CRC-32C %.1f GB/s, copies %.1f GB/s, loopback writes of 64 KiB %.1f GB a CPU second. Together that is %.3f CPU s for"
                        + " a million records of 100 bytes, %.2f for a million of 1 KiB and %.1f for a million of 10 KiB.",
                sum,
                copy,
                write,
                floorSecondsPerMillion(107),
                floorSecondsPerMillion(1_035),
                floorSecondsPerMillion(10_250));
    }

    private static void sink() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(server.socket().getLocalPort());
            try (SocketChannel from = server.accept()) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
                while (from.read(buffer) >= 0) {
                    buffer.clear();
                }
            }
        }
    }

    private static void measure(int port) throws IOException {
        ByteBuffer direct = ByteBuffer.allocateDirect(PIECE_BYTES);
        byte[] heap = new byte[PIECE_BYTES];
        CRC32C crc = new CRC32C();
        double sum = rate(() -> crc.update(direct.clear()));
        double copy = rate(() -> direct.put(0, heap));
        double write;
        try (SocketChannel to = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            write = rate(() -> {
                direct.clear();
                while (direct.hasRemaining()) {
                    to.write(direct);
                }
            });
        }
        System.out.println(sum + " " + copy + " " + write + " " + crc.getValue());
    }

    private interface Piece {
        void run() throws IOException;
    }

    private static double rate(Piece piece) throws IOException {
        double best = 0;
        for (int i = 0; i < ROUNDS; i++) {
            double cpu = ProcessCost.now().cpuSeconds();
            long end = System.nanoTime() + MEASURED_NANOS;
            long bytes = 0;
            while (System.nanoTime() - end < 0) {
                piece.run();
                bytes += PIECE_BYTES;
            }
            best = Math.max(best, bytes / 1e9 / (ProcessCost.now().cpuSeconds() - cpu));
        }
        return best;
    }
}
