package io.penstock.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports for processes that open theirs themselves and come back to them after a restart.
 *
 * <p>Below the range from which the system takes the ports of outgoing connections, so that none of these steals the port of a
 * broker that is down for a moment. Only for this thread's use.
 */
public final class ProcessPorts {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private final Set<Integer> given = new HashSet<>();

    public int next() {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!given.contains(port) && isFree(port)) {
                given.add(port);
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
