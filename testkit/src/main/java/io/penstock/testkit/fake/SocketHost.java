package io.penstock.testkit.fake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real loopback sockets under fake brokers, all served by one daemon thread.
 *
 * <p>Channels belong to that thread; others leave tasks for it, guarded by their queue's monitor.
 */
final class SocketHost implements FakeHost {

    private static final int READ_BUFFER_BYTES = 256 * 1024;
    private static final int BACKLOG = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long PATIENCE_SECONDS = 10;

    private final Selector selector;
    private final Thread thread;
    // As many as brokers have asked for: one for each connection that waits, and what users do.
    private final PriorityQueue<Timed> tasks = new PriorityQueue<>();
    private final Map<Integer, Door> doors = new HashMap<>();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private long taskCount;
    private volatile boolean closing;

    /** Apart, so that a start does not wait for a search of the class path for logging. */
    private static final class Log {
        static final Logger LOG = LoggerFactory.getLogger(SocketHost.class);
    }

    private record Timed(long atNanos, long order, Runnable task) implements Comparable<Timed> {
        @Override
        public int compareTo(Timed other) {
            long difference = atNanos - other.atNanos;
            return Long.signum(difference == 0 ? order - other.order : difference);
        }
    }

    private record Door(ServerSocketChannel channel, Acceptor acceptor, List<SocketLink> links) {}

    SocketHost() {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = new Thread("fake-cluster") {
            @Override
            public void run() {
                loop();
            }
        };
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long currentTimeMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public int listen(int port, Acceptor acceptor) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress(InetAddress.getByName(address()), port), BACKLOG);
            channel.configureBlocking(false);
            int bound = ((InetSocketAddress) channel.getLocalAddress()).getPort();
            schedule(0, opening(bound, new Door(channel, acceptor, new ArrayList<>())));
            return bound;
        } catch (IOException e) {
            throw new UncheckedIOException("A fake broker cannot listen on port " + port, e);
        }
    }

    @Override
    public void unlisten(int port) {
        runAndWait(() -> shut(port));
    }

    @Override
    public void schedule(long delayNanos, Runnable task) {
        synchronized (tasks) {
            tasks.add(new Timed(System.nanoTime() + delayNanos, taskCount++, task));
        }
        if (Thread.currentThread() != thread) {
            selector.wakeup();
        }
    }

    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        if (Thread.currentThread() != thread) {
            joinThread();
        }
    }

    private void joinThread() {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runAndWait(Runnable task) {
        if (Thread.currentThread() == thread) {
            task.run();
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        schedule(0, () -> {
            task.run();
            done.countDown();
        });
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "The fake cluster's thread is stuck: " + List.of(thread.getStackTrace()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void loop() {
        while (!closing) {
            try {
                waitForWork();
                for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
                    selector.selectedKeys().remove(key);
                    onReady(key);
                }
                runTasks();
            } catch (IOException | RuntimeException | AssertionError e) {
                // A fault of the fake must be seen, and must not end the test it is in by silence.
                Log.LOG.error("Fake cluster", e);
            }
        }
        closeAll();
    }

    private void waitForWork() throws IOException {
        long millis = millisToNextTask();
        if (millis > 0) {
            selector.select(millis);
        } else {
            selector.selectNow();
        }
    }

    private void onReady(SelectionKey key) throws IOException {
        if (!key.isValid()) {
            return;
        }
        if (key.attachment() instanceof Door door) {
            accept(door);
        } else if (key.attachment() instanceof SocketLink link) {
            link.onReady(readBuffer);
        }
    }

    private void accept(Door door) throws IOException {
        for (SocketChannel channel = door.channel.accept(); channel != null; channel = door.channel.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SocketLink link = new SocketLink(channel, channel.register(selector, SelectionKey.OP_READ));
            door.links.removeIf(SocketLink::isClosed);
            door.links.add(link);
            link.peer(door.acceptor.accept(link));
        }
    }

    private Runnable opening(int port, Door door) {
        return new Runnable() {
            @Override
            public void run() {
                open(port, door);
            }
        };
    }

    private void open(int port, Door door) {
        try {
            door.channel.register(selector, SelectionKey.OP_ACCEPT, door);
            doors.put(port, door);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void shut(int port) {
        Door door = doors.remove(port);
        if (door == null) {
            return;
        }
        try {
            door.channel.close();
            List.copyOf(door.links).forEach(SocketLink::closeNow);
            // The port is free only once the selector has let go of the channel.
            selector.selectNow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long millisToNextTask() {
        synchronized (tasks) {
            Timed next = tasks.peek();
            if (next == null) {
                return TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
            }
            // Rounded up: a task that is due in half a millisecond must not keep the thread spinning.
            return (next.atNanos - System.nanoTime() + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
        }
    }

    private void runTasks() {
        for (Runnable task = nextTask(); task != null; task = nextTask()) {
            task.run();
        }
    }

    private @Nullable Runnable nextTask() {
        synchronized (tasks) {
            Timed next = tasks.peek();
            if (next == null || next.atNanos - System.nanoTime() > 0) {
                return null;
            }
            tasks.remove();
            return next.task;
        }
    }

    private void closeAll() {
        try {
            List.copyOf(doors.keySet()).forEach(this::shut);
            selector.close();
        } catch (IOException | UncheckedIOException | ClosedSelectorException e) {
            Log.LOG.debug("Closing the fake cluster's sockets", e);
        }
    }
}
