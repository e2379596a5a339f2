package io.penstock.internal.sender;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.RecordOutcome;
import io.penstock.internal.sender.RecordingDispatcher.Attempt;
import io.penstock.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntUnaryOperator;

/**
 * One partition, two brokers of which one leads, and everything that can happen between them and a producer.
 *
 * <p>Each step is one choice among the events that are possible now. Attempts whose connection was lost become zombies:
 * they lie in the broker's queue and are carried out at any later time, in any order, or never.
 */
final class LaneWorld {

    /** What a world may contain. */
    static final class Kind {
        int recordsPerBatch = 1;
        int firstBatches = 2;
        int maxBatches = 3;
        boolean oldBroker;
        boolean flushes;
        boolean lateIdentity;
        boolean recreations;
        List<ErrorCode> refusals = List.of(
                ErrorCode.NOT_ENOUGH_REPLICAS,
                ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                ErrorCode.MESSAGE_TOO_LARGE,
                ErrorCode.INVALID_RECORD);
        SenderHarness.Options options = new SenderHarness.Options();
    }

    private interface Event {
        void happen();
    }

    private final Kind kind;
    private final SenderHarness harness;
    private final List<ModelBroker> gone = new ArrayList<>();
    private ModelBroker broker;
    private UUID topicId = new UUID(0, 1);
    private final List<Attempt> zombies = new ArrayList<>();
    private final List<FlushTicket> tickets = new ArrayList<>();
    private final List<Integer> appendedAtTicket = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    final List<String> history = new ArrayList<>();
    private int leader = 1;
    private int appended;
    private int identityAnswered;
    private long nextProducerId = 2000;
    private boolean severalIds;

    LaneWorld(Kind kind) {
        this.kind = kind;
        this.broker = new ModelBroker(kind.oldBroker);
        kind.options.batchBytes = kind.recordsPerBatch == 1 ? 1 : 61 + kind.recordsPerBatch * 11;
        kind.options.identityAtOnce = !kind.lateIdentity;
        this.harness = new SenderHarness(kind.options);
        for (int i = 0; i < kind.firstBatches; i++) {
            appendBatch();
        }
        harness.turn();
    }

    /** @param choose picks one of so many events */
    void run(int steps, IntUnaryOperator choose) {
        for (int i = 0; i < steps; i++) {
            collect();
            int chosen = choose.applyAsInt(events.size());
            history.add(names.get(chosen));
            events.get(chosen).happen();
            harness.turn();
            checkNow();
        }
        heal();
        check();
    }

    private void collect() {
        events.clear();
        names.clear();
        for (int node = 1; node <= 2; node++) {
            List<Attempt> waiting = harness.dispatcher.at(node);
            if (!waiting.isEmpty()) {
                collectAnswers(waiting.get(0));
            }
        }
        for (Attempt zombie : List.copyOf(zombies.subList(0, Math.min(3, zombies.size())))) {
            event("zombie " + zombie.ids(), () -> carryOut(zombie));
        }
        event("leader moves", () -> leader = 3 - leader);
        if (harness.cluster.defaultLeader != leader) {
            event("client learns the leader", this::learn);
        }
        if (kind.recreations && gone.size() < 2) {
            event("topic created again", this::recreate);
        }
        if (!harness.dispatcher.topicId.equals(topicId)) {
            event("client learns the topic", this::learn);
        }
        event("a second passes", () -> harness.clock.advanceMillis(1_000));
        event("delivery timeout", () -> harness.clock.advanceMillis(kind.options.deliveryTimeoutMillis));
        if (appended < kind.maxBatches * kind.recordsPerBatch) {
            event("append", this::appendBatch);
        }
        if (harness.cluster.identityNeeds > identityAnswered) {
            event("identity comes", this::giveIdentity);
        }
        if (kind.flushes) {
            event("flush", () -> {
                appendedAtTicket.add(appended);
                tickets.add(harness.flush());
            });
        }
    }

    private void collectAnswers(Attempt head) {
        String of = " " + head.ids() + "@" + head.nodeId();
        event("answer" + of, () -> answer(head));
        for (ErrorCode error : kind.refusals) {
            event(error + of, () -> harness.dispatcher.answer(head, error, harness.now()));
        }
        if (head.nodeId() == leader) {
            event("append, then REQUEST_TIMED_OUT" + of, () -> {
                ErrorCode error = apply(head).error();
                harness.dispatcher.answer(
                        head, error == ErrorCode.NONE ? ErrorCode.REQUEST_TIMED_OUT : error, harness.now());
            });
            event("append, then lost" + of, () -> {
                apply(head);
                loseAll(head.nodeId(), true, head);
            });
        }
        event("lost" + of, () -> loseAll(head.nodeId(), true, null));
        event("lost unsent" + of, () -> loseAll(head.nodeId(), false, null));
    }

    private void event(String name, Event event) {
        names.add(name);
        events.add(event);
    }

    private void answer(Attempt head) {
        if (head.nodeId() != leader) {
            harness.dispatcher.answer(head, ErrorCode.NOT_LEADER_OR_FOLLOWER, harness.now());
            return;
        }
        ModelBroker.Answer answer = apply(head);
        if (answer.error() == ErrorCode.NONE) {
            harness.dispatcher.answerWritten(head, answer.offset(), harness.now());
        } else {
            harness.dispatcher.answer(head, answer.error(), harness.now());
        }
    }

    private void loseAll(int node, boolean mayHaveArrived, Attempt carriedOut) {
        for (Attempt each : List.copyOf(harness.dispatcher.at(node))) {
            if (mayHaveArrived && each != carriedOut) {
                zombies.add(each);
            }
            harness.dispatcher.lose(each, mayHaveArrived, harness.now());
        }
    }

    private void carryOut(Attempt zombie) {
        zombies.remove(zombie);
        if (zombie.nodeId() == leader) {
            apply(zombie);
        }
    }

    private ModelBroker.Answer apply(Attempt attempt) {
        return attempt.topicId().equals(topicId)
                ? broker.apply(attempt)
                : new ModelBroker.Answer(ErrorCode.UNKNOWN_TOPIC_ID, -1);
    }

    private void recreate() {
        gone.add(broker);
        broker = new ModelBroker(kind.oldBroker);
        topicId = new UUID(0, topicId.getLeastSignificantBits() + 1);
    }

    private void learn() {
        harness.dispatcher.topicId = topicId;
        harness.cluster.defaultLeader = leader;
        harness.sender.onTopicChanged(SenderHarness.TOPIC, harness.now());
    }

    private void appendBatch() {
        for (int i = 0; i < kind.recordsPerBatch; i++) {
            harness.append(0);
            appended++;
        }
    }

    private void giveIdentity() {
        identityAnswered = harness.cluster.identityNeeds;
        if (!harness.identities.isReady()) {
            severalIds = nextProducerId > 2000 || !kind.lateIdentity;
            harness.sender.onIdentity(nextProducerId++, (short) 0, harness.now());
        }
    }

    /** From here on nothing goes wrong any more, so everything must come to its end. */
    private void heal() {
        history.add("heal");
        learn();
        for (int round = 0; round < 400 && !harness.sender.isDrained(); round++) {
            harness.turn();
            for (int node = 1; node <= 2; node++) {
                for (Attempt each : List.copyOf(harness.dispatcher.at(node))) {
                    answer(each);
                }
            }
            giveIdentity();
            harness.advanceMillis(500);
        }
        for (int node = 1; node <= 2; node++) {
            loseAll(node, true, null); // what was given up while it was in flight
        }
        harness.turn();
        for (int node = 1; node <= 2; node++) {
            leader = node;
            for (Attempt zombie : List.copyOf(zombies)) {
                if (zombie.nodeId() == node) {
                    carryOut(zombie);
                }
            }
        }
    }

    private void checkNow() {
        Set<OutboundBatch> onTheWay = new HashSet<>();
        for (int node = 1; node <= 2; node++) {
            for (Attempt each : harness.dispatcher.at(node)) {
                if (!each.batch().isDone()) {
                    assertThat(onTheWay.add(each.batch())).as("in flight once").isTrue();
                }
            }
        }
        if (!kind.refusals.contains(ErrorCode.MESSAGE_TOO_LARGE)) { // a split adds to those that had left before
            assertThat(onTheWay.size()).as("in flight").isLessThanOrEqualTo(5);
        }
    }

    private void check() {
        assertThat(harness.sender.isDrained()).as("nothing is stuck").isTrue();
        assertThat(harness.told)
                .as("told once, in order")
                .extracting(SenderHarness.Told::id)
                .isEqualTo(java.util.stream.IntStream.range(0, appended).boxed().toList());
        List<List<Integer>> logs = new ArrayList<>();
        gone.forEach(each -> logs.add(each.log));
        logs.add(broker.log);
        for (List<Integer> log : logs) {
            assertThat(new HashSet<>(log)).as("never twice in %s", log).hasSize(log.size());
            if (!severalIds && kind.options.idempotent) {
                assertThat(log).as("in order").isSorted();
            }
        }
        for (SenderHarness.Told each : harness.told) {
            KafkaException failure = each.failure();
            boolean there = logs.stream().anyMatch(log -> log.contains(each.id()));
            if (failure == null) {
                assertThat(there)
                        .as("record %s was acknowledged, logs %s", each.id(), logs)
                        .isTrue();
                if (each.offset() >= 0) {
                    int offset = (int) each.offset();
                    assertThat(logs)
                            .as("at its offset %s", offset)
                            .anyMatch(log -> offset < log.size() && log.get(offset) == each.id());
                }
            } else if (failure.outcome() == RecordOutcome.NOT_WRITTEN) {
                assertThat(there)
                        .as("record %s was called not written: %s", each.id(), failure)
                        .isFalse();
            }
        }
        assertThat(harness.allPagesBack()).as("all pages are back").isTrue();
        assertThat(harness.timers.count()).as("no timer is left").isZero();
        for (FlushTicket ticket : tickets) {
            assertThat(ticket.done()).as("flush").isDone();
        }
    }

    long failedCount() {
        return harness.told.stream().filter(each -> each.failure() != null).count();
    }
}
