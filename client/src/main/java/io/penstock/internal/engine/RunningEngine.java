package io.penstock.internal.engine;

import io.penstock.errors.InterruptException;
import io.penstock.errors.KafkaException;
import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.admission.AdmissionThread;
import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.internal.admission.KnownTopic;
import io.penstock.internal.admission.Parking;
import io.penstock.internal.completion.CallbackThread;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.loop.IdleStrategy;
import io.penstock.internal.loop.LoopAgent;
import io.penstock.internal.loop.SystemClock;
import io.penstock.internal.partition.ClusterAdapter;
import io.penstock.internal.sender.FlushTicket;
import io.penstock.producer.Callback;
import io.penstock.producer.Metric;
import io.penstock.producer.MetricName;
import io.penstock.producer.PartitionInfo;
import io.penstock.producer.ProducerRecord;
import io.penstock.producer.RecordMetadata;
import io.penstock.serialization.Serializer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine on real threads, sockets and clocks: what stands behind a {@code KafkaProducer}.
 *
 * <p>Any thread. Owns the loops' threads, the callback thread, and the two that exist only while there is work for them (name
 * look-ups, the waiting line).
 */
public final class RunningEngine<K, V> {

    private static final Logger LOG = LoggerFactory.getLogger(RunningEngine.class);
    private static final long FORCED_CLOSE_GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Engine<K, V> engine;
    private final Plugins<K, V> plugins;
    private final CallbackThread callbacks;
    private final AdmissionThread admissionThread;
    private final LoopResources resources;
    private final Monitoring monitoring;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** Who called {@link #close} first; guarded by this object's lock. */
    private @Nullable Thread closer;

    private RunningEngine(ProducerSettings settings, Plugins<K, V> plugins) {
        String clientId = settings.client().clientId();
        SystemClock clock = SystemClock.INSTANCE;
        this.plugins = plugins;
        IdleStrategy idle = IdleStrategy.named(settings.client().idleStrategy());
        this.callbacks = idle == IdleStrategy.PARK
                ? new CallbackThread("penstock-callbacks-" + clientId)
                : new CallbackThread("penstock-callbacks-" + clientId, idle::pause);
        this.admissionThread = new AdmissionThread("penstock-admission-" + clientId);
        this.resources = new LoopResources(settings, settings.client().senderThreads());
        try {
            settings.plugins().warnOfUnknownKeys(); // all that reads settings is there
            this.engine = new Engine<>(
                    settings,
                    plugins,
                    new EngineSeams(
                            clock,
                            resources.loops(),
                            callbacks,
                            admissionThread,
                            ThreadLocalRandom::current,
                            Parking.SYSTEM,
                            new PlainPages()));
            this.monitoring =
                    Monitoring.start(clientId, clock.currentTimeMillis(), plugins.reporters(), this::tellReporters);
        } catch (RuntimeException | Error e) {
            // a codec's native library that cannot be loaded, for instance, or a reporter that fails
            resources.closeUnused(e);
            throw e;
        }
        callbacks.start();
        for (LoopAgent agent : engine.agents()) {
            agent.start(idle);
        }
    }

    /** The pool as it is; a class, for the sake of a quick start. */
    private static final class PlainPages implements LongFunction<PagePool> {
        @Override
        public PagePool apply(long bytes) {
            return new PagePool(bytes);
        }
    }

    private void tellReporters() {
        engine.reportTo(plugins.reporters());
    }

    /** Creates the plug-ins and starts the engine; closes what it has created when something fails. */
    public static <K, V> RunningEngine<K, V> start(
            ProducerSettings settings, @Nullable Serializer<K> keySerializer, @Nullable Serializer<V> valueSerializer) {
        List<AutoCloseable> created = new ArrayList<>();
        try {
            Serializer<K> key = settings.plugins().keySerializer(keySerializer);
            created.add(key);
            Serializer<V> value = settings.plugins().valueSerializer(valueSerializer);
            created.add(value);
            var partitioner = settings.plugins().createPartitioner();
            if (partitioner != null) {
                created.add(partitioner);
            }
            var interceptors = settings.plugins().<K, V>createInterceptors();
            created.addAll(interceptors);
            var reporters = settings.plugins().createReporters();
            created.addAll(reporters);
            return new RunningEngine<>(settings, new Plugins<>(key, value, partitioner, interceptors, reporters));
        } catch (RuntimeException | Error e) {
            for (AutoCloseable each : created) {
                closeQuietly(each, e);
            }
            throw e;
        }
    }

    private static void closeQuietly(@Nullable AutoCloseable resource, Throwable why) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception suppressed) {
            why.addSuppressed(suppressed);
        }
    }

    public CompletableFuture<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        return engine.admission().send(record, callback);
    }

    public DeliveryPromise sendAsync(ProducerRecord<K, V> record) {
        return engine.admission().sendAsync(record);
    }

    public Transactions transactions() {
        return engine.transactions();
    }

    public Map<MetricName, Metric> metrics() {
        return engine.metrics();
    }

    /** Waits, for {@code max.block.ms} at most, until the topic is known. */
    public List<PartitionInfo> partitionsFor(String topic) {
        try {
            KnownTopic known = engine.admission().await(topic);
            return ClusterAdapter.partitions(known.topic(), known.cluster());
        } catch (InterruptedException e) {
            throw new InterruptException("Interrupted while waiting for the partitions of " + topic, e);
        }
    }

    /**
     * The id that a broker has given this producer, waiting for it this long at most.
     *
     * @throws IllegalStateException when {@code enable.metrics.push} is off
     * @throws io.penstock.errors.TimeoutException when there is none by then
     */
    public UUID clientInstanceId(long timeoutNanos) {
        Engine.Telemetry telemetry = engine.telemetry()
                .orElseThrow(() -> new IllegalStateException(
                        "This producer has no client instance id: it pushes no metrics (enable.metrics.push=false)"));
        try {
            return telemetry.exchange().clientInstanceId().get(timeoutNanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException("Interrupted while waiting for the client instance id", e);
        } catch (TimeoutException e) {
            throw new io.penstock.errors.TimeoutException("No broker has given a client instance id within "
                    + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
                    + " ms: none could be asked, or none collects metrics of clients (KIP-714)");
        } catch (ExecutionException e) {
            throw new KafkaException("There is no client instance id", e.getCause());
        }
    }

    /** Adds a metric to those that brokers are told of; one of the producer's own names is left as it is. */
    public void subscribe(Metric metric) {
        if (!engine.metrics().containsKey(metric.metricName())) {
            engine.telemetry().ifPresent(telemetry -> telemetry.payload().add(metric));
        }
    }

    /** Takes it back. */
    public void unsubscribe(Metric metric) {
        engine.telemetry().ifPresent(telemetry -> telemetry.payload().remove(metric));
    }

    /** Returns when everything sent before is complete, callbacks included. */
    public void flush() {
        if (callbacks.isCallbackThread()) {
            throw new KafkaException(
                    "flush() was called inside a callback, which it would wait for for ever; call it from"
                            + " another thread");
        }
        long began = System.nanoTime();
        try {
            engine.admission().whenAdmitted().get();
            FlushTicket ticket = engine.flush();
            if (ticket != null) {
                ticket.done().get();
            } else {
                callbacks.awaitEnd(); // the producer closes: the last callbacks are under way
            }
            engine.counters().onFlush(System.nanoTime() - began);
        } catch (InterruptedException e) {
            throw new InterruptException("Interrupted while flushing; the records are still being sent", e);
        } catch (ExecutionException e) {
            throw new KafkaException("flush() failed", e.getCause());
        }
    }

    /**
     * Completes what was sent within this time, then fails the rest, and frees everything. A second call waits for the first one,
     * and when its own time is over first, has it give up; after that, calls do nothing.
     *
     * @param timeoutNanos {@link Long#MAX_VALUE} to wait as long as deliveries may take
     */
    public void close(long timeoutNanos) {
        boolean own = callbacks.isCallbackThread();
        synchronized (this) {
            if (closer != null) {
                if (own || closer == Thread.currentThread()) {
                    return; // the close under way waits for us
                }
            } else {
                closer = Thread.currentThread();
            }
        }
        try {
            if (closer != Thread.currentThread()) {
                awaitOtherClose(timeoutNanos);
            } else {
                closeOnce(own, timeoutNanos);
            }
        } catch (InterruptedException e) {
            throw new InterruptException(
                    "Interrupted while closing the producer; what was not complete has failed or soon will", e);
        }
    }

    private void awaitOtherClose(long timeoutNanos) throws InterruptedException {
        long deadline = System.nanoTime() + Math.min(timeoutNanos, Long.MAX_VALUE / 2);
        if (!closed.await(timeoutNanos, TimeUnit.NANOSECONDS)) {
            giveUp();
            closed.await(FORCED_CLOSE_GRACE_NANOS, TimeUnit.NANOSECONDS);
        }
        // A close from within a callback is over before that callback is, and before those that follow it.
        callbacks.awaitEnd(Math.max(FORCED_CLOSE_GRACE_NANOS, deadline - System.nanoTime()));
    }

    private void closeOnce(boolean own, long timeoutNanos) throws InterruptedException {
        if (own && timeoutNanos > 0) {
            LOG.warn("close() was called inside a callback, which it would wait for; what is not complete fails now");
        }
        long deadline = System.nanoTime() + Math.min(own ? 0 : timeoutNanos, Long.MAX_VALUE / 2);
        InterruptedException interrupted = null;
        try {
            if (!own) {
                closeGracefully(deadline);
            }
        } catch (InterruptedException e) {
            interrupted = e;
        }
        try {
            giveUp();
            if (!own) {
                engine.awaitEnd(FORCED_CLOSE_GRACE_NANOS);
                callbacks.stop(Math.max(FORCED_CLOSE_GRACE_NANOS, deadline - System.nanoTime()));
            } else {
                callbacks.stopWhenIdle(engine::hasEnded);
            }
            admissionThread.close();
            admissionThread.awaitEnd(own ? 0 : FORCED_CLOSE_GRACE_NANOS);
        } catch (InterruptedException e) {
            interrupted = e;
        } finally {
            admissionThread.close();
            resources.close();
            closePlugins();
            closed.countDown();
        }
        if (interrupted != null) {
            throw interrupted;
        }
    }

    private void giveUp() {
        engine.admission().close();
        engine.shutdown().force();
    }

    private void closeGracefully(long deadline) throws InterruptedException {
        engine.admission().stopTaking();
        try {
            engine.admission().whenAdmitted().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            engine.shutdown().begin();
            engine.awaitEnd(deadline - System.nanoTime());
        } catch (TimeoutException e) {
            LOG.info("Records still wait to be admitted at the end of the time given to close()");
        } catch (ExecutionException e) {
            throw new IllegalStateException("The waiting line cannot fail as a whole", e);
        }
    }

    private void closePlugins() {
        monitoring.close(); // before reporters, which it may be telling of the metrics
        List<AutoCloseable> all = new ArrayList<>(plugins.interceptors());
        all.add(plugins.keySerializer());
        all.add(plugins.valueSerializer());
        if (plugins.partitioner() != null) {
            all.add(plugins.partitioner());
        }
        all.addAll(plugins.reporters());
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                LOG.warn("{} failed to close", each.getClass().getName(), e);
            }
        }
    }
}
