package io.penstock.testkit.sim;

import io.penstock.internal.accumulator.PagePool;
import io.penstock.internal.config.ProducerSettings;
import io.penstock.internal.engine.Engine;
import io.penstock.internal.engine.EngineSeams;
import io.penstock.internal.engine.LoopSeams;
import io.penstock.internal.engine.Plugins;
import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.producer.ProducerInterceptor;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.testkit.sim.SimPlan.Stream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The producers of a run in the order of their making: puts each together, and has the world step it. */
final class SimProducers implements Iterable<SimProducer> {

    private final SimPlan plan;
    private final String bootstrapServers;
    private final SimNetwork network;
    private final SimResolver resolver;
    private final World world;
    private final History history;
    private final Trace trace;
    private final Findings findings;
    private final RandomGenerator engineSeeds;
    private final RandomGenerator callerSeeds;

    /** Read once for each transactional id, of which there are two at most; under "" without one. */
    private final Map<String, ProducerSettings> settingsById = new HashMap<>();

    SimProducers(
            SimPlan plan,
            String bootstrapServers,
            SimNetwork network,
            SimResolver resolver,
            World world,
            History history,
            Trace trace,
            Findings findings) {
        this.plan = plan;
        this.bootstrapServers = bootstrapServers;
        this.network = network;
        this.resolver = resolver;
        this.world = world;
        this.history = history;
        this.trace = trace;
        this.findings = findings;
        this.engineSeeds = SimPlan.random(plan.seed(), Stream.ENGINE);
        this.callerSeeds = SimPlan.random(plan.seed(), Stream.CALLERS);
    }

    /** One more, which starts at once. */
    SimProducer make(@Nullable String transactionalId) {
        int number = world.producers().size();
        SimThread callbacks = new SimThread("callback", world.clock(), world.agenda(), findings);
        SimThread admission = new SimThread("admission", world.clock(), world.agenda(), findings);
        Random callerRandom = new Random(callerSeeds.nextLong());
        PagePool[] pages = new PagePool[1];
        List<LoopSeams> loops = new ArrayList<>();
        List<SimNetwork.Client> clients = new ArrayList<>();
        for (int i = 0; i < plan.loopCount(); i++) {
            SimNetwork.Client client = network.client();
            Mailbox mailbox = new Mailbox();
            clients.add(client);
            loops.add(new LoopSeams(
                    mailbox, client, resolver.of(mailbox), new Random(engineSeeds.nextLong()), SaslExchanges.NONE));
        }
        ProducerSettings settings =
                settingsById.computeIfAbsent(transactionalId == null ? "" : transactionalId, this::settings);
        Engine<byte[], byte[]> engine = new Engine<>(
                settings,
                new Plugins<>(new ByteArraySerializer(), new ByteArraySerializer(), null, interceptors(), List.of()),
                new EngineSeams(
                        world.clock(),
                        loops,
                        callbacks,
                        admission,
                        () -> callerRandom,
                        world,
                        bytes -> pages[0] = new PagePool(bytes, true)));
        FlushAndClose calls = new FlushAndClose(engine, world.agenda(), world.clock(), trace, history, findings);
        SimProducer made = new SimProducer(number, engine, callbacks, admission, clients, pages[0], calls);
        calls.of(made);
        world.start(made);
        return made;
    }

    @Override
    public Iterator<SimProducer> iterator() {
        return world.producers().iterator();
    }

    private ProducerSettings settings(String transactionalId) {
        Map<String, Object> settings = new HashMap<>(plan.settings());
        settings.put("bootstrap.servers", bootstrapServers);
        plan.extras().over(settings);
        if (!transactionalId.isEmpty()) {
            settings.put("transactional.id", transactionalId);
        }
        ProducerSettings read = ProducerSettings.from(settings, true, true);
        if (plan.extras().secrets()) {
            SecretsHidden.look("the settings", read, findings);
        }
        return read;
    }

    private List<ProducerInterceptor<byte[], byte[]>> interceptors() {
        return plan.intercepts() ? List.of(new HistoryInterceptor(history, plan.extras())) : List.of();
    }
}
