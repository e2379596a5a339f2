package io.penstock.internal.engine;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.admission.AdmissionExecutor;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.internal.admission.Parking;
import io.penstock.internal.completion.CompletionQueue;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.loop.ManualClock;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.internal.network.VirtualLink;
import io.penstock.internal.network.VirtualResolver;
import io.penstock.internal.network.VirtualTransport;
import io.penstock.producer.Partitioner;
import io.penstock.producer.ProducerRecord;
import io.penstock.serialization.ByteArraySerializer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The production engine on virtual time: loop, admission thread, callback thread and network, all stepped by the test's own thread in
 * a fixed order.
 */
final class VirtualEngine {

    /** More turns than this without time passing is a loop that spins. */
    private static final int MAX_TURNS = 100_000;

    private record Delayed(long atNanos, long order, Runnable task) {}

    final ManualClock clock = new ManualClock();
    final ScriptedCluster cluster = new ScriptedCluster();
    final VirtualTransport transport = new VirtualTransport();
    final Engine<byte[], byte[]> engine;

    /** How many turns the loop has made. */
    long turns;

    /** Which of the threads that run user code is at it: "admission", "callbacks" or null. */
    @Nullable
    String running;

    /** What another thread does in the moment in which something is handed to the callback thread. */
    Runnable onSubmit = () -> {};

    /** What goes on in the world while a call of the test's own thread blocks. */
    Runnable onPark = () -> {
        throw new AssertionError("A call blocks, and nothing would ever end that");
    };

    /** The callback thread is at something that takes long. */
    boolean callbacksAreBusy;

    /** When a task is given to the admission thread, which has not run it yet. */
    Runnable onExecute = () -> {};

    private final ArrayDeque<Runnable> completions = new ArrayDeque<>();
    private final ArrayDeque<Runnable> admissions = new ArrayDeque<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>((a, b) -> {
        int byTime = Long.signum(a.atNanos() - b.atNanos());
        return byTime != 0 ? byTime : Long.compare(a.order(), b.order());
    });
    private final Set<VirtualLink> served = new HashSet<>();
    private long order;

    VirtualEngine(Object... settings) {
        this(null, settings);
    }

    VirtualEngine(@Nullable Partitioner partitioner, Object... settings) {
        Map<String, Object> configs = new HashMap<>(Map.of("bootstrap.servers", "b0:9092", "client.id", "virtual"));
        for (int i = 0; i < settings.length; i += 2) {
            configs.put((String) settings[i], settings[i + 1]);
        }
        VirtualResolver resolver = new VirtualResolver(clock);
        for (int i = 0; i < 5; i++) {
            resolver.host("b" + i, "10.0.0." + (i + 1));
        }
        Supplier<RandomGenerator> callerRandom = () -> new Random(7);
        engine = new Engine<>(
                ProducerSettings.from(configs, true, true),
                new Plugins<>(new ByteArraySerializer(), new ByteArraySerializer(), partitioner, List.of(), List.of()),
                new EngineSeams(
                        clock,
                        List.of(new LoopSeams(new Mailbox(), transport, resolver, new Random(42), SaslExchanges.NONE)),
                        new Completions(),
                        new Admissions(),
                        callerRandom,
                        new Parked(),
                        PagePool::new));
    }

    DeliveryPromise send(String topic, @Nullable Integer partition, int valueBytes) {
        return engine.admission().sendAsync(new ProducerRecord<>(topic, partition, null, new byte[valueBytes]));
    }

    DeliveryPromise send(String topic, int valueBytes) {
        return send(topic, null, valueBytes);
    }

    /** Steps everything until nothing is left to do at this time. */
    long settle() {
        long idle;
        int steps = 0;
        boolean busy;
        do {
            if (steps++ > MAX_TURNS) {
                throw new AssertionError("The engine spins: " + MAX_TURNS + " turns at one time");
            }
            turns++;
            idle = engine.agents().get(0).turn();
            busy = serveNetwork() | drain(admissions, "admission") | runDelayed() | callBack();
        } while (busy || idle == 0);
        Delayed next = delayed.peek();
        return next == null ? idle : Math.min(idle, Math.max(1, next.atNanos() - clock.nanoTime()));
    }

    /** Lets so much time pass, stopping wherever something is due. */
    void after(long millis) {
        long end = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long idle = settle();
        while (end - clock.nanoTime() > 0) {
            clock.advanceNanos(Math.min(idle, end - clock.nanoTime()));
            idle = settle();
        }
    }

    private boolean serveNetwork() {
        boolean any = false;
        for (VirtualLink link : List.copyOf(transport.links)) {
            if (!link.closed) {
                any |= cluster.serve(link, served.add(link));
            }
        }
        transport.links.removeIf(link -> link.closed);
        return any;
    }

    private boolean runDelayed() {
        boolean any = false;
        for (Delayed next = delayed.peek();
                next != null && next.atNanos() - clock.nanoTime() <= 0;
                next = delayed.peek()) {
            delayed.remove();
            admissions.add(next.task());
            any = true;
        }
        return any;
    }

    private boolean callBack() {
        return !callbacksAreBusy && drain(completions, "callbacks");
    }

    private boolean drain(ArrayDeque<Runnable> tasks, String thread) {
        boolean any = false;
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            any = true;
            running = thread;
            task.run();
            running = null;
        }
        return any;
    }

    private final class Parked implements Parking {

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }

        @Override
        public void park(Object blocker, long nanos) {
            onPark.run();
        }
    }

    private final class Completions implements CompletionQueue {

        @Override
        public void submit(Runnable work) {
            completions.add(work);
            onSubmit.run();
        }

        @Override
        public boolean isCallbackThread() {
            return "callbacks".equals(running);
        }
    }

    private final class Admissions implements AdmissionExecutor {

        @Override
        public void execute(Runnable task) {
            admissions.add(task);
            onExecute.run();
        }

        @Override
        public void executeAfter(long delayNanos, Runnable task) {
            delayed.add(new Delayed(clock.nanoTime() + delayNanos, order++, task));
        }

        @Override
        public long nanoTime() {
            return clock.nanoTime();
        }
    }
}
