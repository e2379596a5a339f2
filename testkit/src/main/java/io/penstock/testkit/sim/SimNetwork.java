package io.penstock.testkit.sim;

import io.penstock.internal.network.Link;
import io.penstock.internal.network.LinkListener;
import io.penstock.internal.network.Transport;
import io.penstock.testkit.fake.FakeHost;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The virtual network: the engine's transport on one side, the fake brokers' host on the other.
 *
 * <p>How long bytes take, how many a link holds and in what pieces they come is drawn; a port can be slow, or deaf to new
 * connections, until the network is healed.
 */
final class SimNetwork {

    static final String HOST = "sim.test";

    private static final int FIRST_PORT = 9092;
    private static final SimLink[] NO_LINKS = {};

    /**
     * How it is on the whole.
     *
     * @param minDelayNanos one way
     * @param maxDelayNanos one way, at least as long
     * @param bufferBytes what a link takes before its first bytes have arrived
     * @param nanosPerByte beside the delay
     */
    record Traits(long minDelayNanos, long maxDelayNanos, int bufferBytes, long nanosPerByte) {}

    private final SimClock clock;
    private final Agenda agenda;
    private final Traits traits;
    private final RandomGenerator random;
    private final Trace trace;
    private final Map<Integer, FakeHost.Acceptor> doors = new HashMap<>();
    private final Map<Integer, Long> slowPorts = new HashMap<>();
    private final Map<Integer, Boolean> deafPorts = new HashMap<>();

    /** One for each producer, in the order of their making. */
    private final List<Client> clients = new ArrayList<>();

    /** Connections that deaf ports have not heard of yet. */
    private final List<Runnable> unheard = new ArrayList<>();

    private long linkCount;
    private int lastPort = FIRST_PORT - 1;

    SimNetwork(SimClock clock, Agenda agenda, Traits traits, RandomGenerator random, Trace trace) {
        this.clock = clock;
        this.agenda = agenda;
        this.traits = traits;
        this.random = random;
        this.trace = trace;
    }

    Agenda agenda() {
        return agenda;
    }

    Trace trace() {
        return trace;
    }

    // ------------------------------------------------------------------------------------- what links ask

    /** How many more bytes a link takes that has so many on their way. */
    int takes(int port, int onTheWayBytes) {
        return Math.max(0, traits.bufferBytes() - onTheWayBytes);
    }

    /** When bytes arrive that are sent now, behind those that were sent before. */
    long arrival(int port, long lastArrival, int byteCount) {
        long spread = traits.maxDelayNanos() - traits.minDelayNanos() + 1;
        long extra = slowPorts.isEmpty() ? 0 : slowPorts.getOrDefault(port, 0L);
        long delay = traits.minDelayNanos() + random.nextLong(spread) + extra;
        return Math.max(lastArrival, clock.now() + delay) + byteCount * traits.nanosPerByte();
    }

    /** In how many pieces an answer comes. */
    int pieces(int max) {
        return random.nextInt(4) == 0 ? 1 + random.nextInt(max) : 1;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    // ------------------------------------------------------------------------------------- what goes wrong

    /** All that goes to and from a port takes so much longer. */
    void slow(int port, long extraNanos) {
        slowPorts.put(port, extraNanos);
    }

    /** Who connects to the port hears nothing. */
    void deafen(int port) {
        deafPorts.put(port, true);
    }

    /** Cuts one of the port's links, or all. */
    void cut(int port, boolean all) {
        for (Client client : clients) {
            if (client.cut(port, all) && !all) {
                return;
            }
        }
    }

    void heal() {
        slowPorts.clear();
        deafPorts.clear();
        unheard.forEach(Runnable::run);
        unheard.clear();
    }

    // ------------------------------------------------------------------------------------- both sides

    /** A way into the network for one more producer. */
    Client client() {
        Client client = new Client();
        clients.add(client);
        return client;
    }

    FakeHost host() {
        return new SimHost();
    }

    /** One producer's end of it. */
    final class Client implements Transport {

        /** Those that the producer has not closed, in the order of their making. */
        private final List<SimLink> links = new ArrayList<>();

        private boolean woken;

        int openLinkCount() {
            return links.size();
        }

        /** Whether the loop, if it sleeps, is to wake up. */
        boolean hasNews() {
            if (woken) {
                return true;
            }
            // By index: it is asked of each loop before each step.
            for (int i = 0; i < links.size(); i++) {
                if (links.get(i).isReady()) {
                    return true;
                }
            }
            return false;
        }

        void onClosed(SimLink link) {
            links.remove(link);
        }

        private boolean cut(int port, boolean all) {
            boolean any = false;
            for (SimLink link : List.copyOf(links)) {
                if (link.port() == port) {
                    link.cut();
                    any = true;
                    if (!all) {
                        break;
                    }
                }
            }
            return any;
        }

        @Override
        public Link connect(InetSocketAddress address, LinkListener listener) {
            int port = address.getPort();
            SimLink link = new SimLink(SimNetwork.this, this, listener, port, ++linkCount);
            links.add(link);
            trace.add("connect", linkCount, port);
            Runnable knock = () -> agenda.at(arrival(port, 0, 0), () -> link.knock(doors.get(port)));
            if (deafPorts.containsKey(port)) {
                unheard.add(knock);
            } else {
                knock.run();
            }
            return link;
        }

        @Override
        public void poll(long timeoutNanos) {
            woken = false;
            if (links.isEmpty()) {
                return;
            }
            for (SimLink link : links.toArray(NO_LINKS)) {
                if (link.isReady()) {
                    link.tell();
                }
            }
        }

        @Override
        public void wakeup() {
            woken = true;
        }

        @Override
        public void close() {
            List.copyOf(links).forEach(SimLink::close);
        }
    }

    private final class SimHost implements FakeHost {

        @Override
        public long nanoTime() {
            return clock.now();
        }

        @Override
        public long currentTimeMillis() {
            return clock.currentTimeMillis();
        }

        @Override
        public String address() {
            return HOST;
        }

        @Override
        public int listen(int port, Acceptor acceptor) {
            int at = port == 0 ? ++lastPort : port;
            doors.put(at, acceptor);
            return at;
        }

        @Override
        public void unlisten(int port) {
            doors.remove(port);
            cut(port, true);
        }

        @Override
        public void schedule(long delayNanos, Runnable task) {
            agenda.at(clock.now() + delayNanos, task);
        }

        @Override
        public void close() {
            List.copyOf(doors.keySet()).forEach(this::unlisten);
        }
    }
}
