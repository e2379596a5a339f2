package io.penstock.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Several producers at the same work, each a process of its own on the same core, windows taken in turn.
 *
 * @param <W> what a window measures
 */
final class Contest<W> {

    private final Child broker;
    private final Effort effort;
    private final Function<String, W> parser;
    private final Predicate<W> isWarm;

    /**
     * @param broker whose CPU time is noted
     * @param isWarm whether a window shows that its producer has warmed up
     */
    Contest(Child broker, Effort effort, Function<String, W> parser, Predicate<W> isWarm) {
        this.broker = broker;
        this.effort = effort;
        this.parser = parser;
        this.isWarm = isWarm;
    }

    /** What each contender did, in their order. One that fails does so alone; its lane says how. */
    List<Lane<W>> run(List<Contender> contenders, String warmup, String order) {
        List<Lane<W>> lanes = new ArrayList<>();
        try {
            for (Contender each : contenders) {
                lanes.add(new Lane<>(each));
            }
            warmUp(lanes, warmup);
            lanes.forEach(Lane::collectGarbage);
            List<Lane<W>> turn = new ArrayList<>(lanes);
            for (int i = 0; i < effort.rounds(); i++) {
                Collections.reverse(turn); // so that nobody always comes first
                for (Lane<W> lane : turn) {
                    double before = broker.cpuSeconds();
                    W window = lane.ask(order, parser);
                    if (window != null) {
                        lane.windows.add(window);
                        lane.brokerSeconds += broker.cpuSeconds() - before;
                    }
                }
            }
        } finally {
            lanes.forEach(Lane::close);
        }
        return lanes;
    }

    /** In turn, each until it is warm; one that has nothing to compile gets one window. */
    private void warmUp(List<Lane<W>> lanes, String warmup) {
        List<Lane<W>> cold = new ArrayList<>(lanes);
        for (int i = 1; i <= effort.mostWarmups() && !cold.isEmpty(); i++) {
            boolean mayBeWarm = i >= effort.warmups();
            cold.removeIf(lane -> {
                W window = lane.ask(warmup, parser);
                return lane.contender.isCompiled() || window == null || mayBeWarm && isWarm.test(window);
            });
        }
    }

    /** One contender and its windows. */
    static final class Lane<W> {

        private final Contender contender;
        private final List<W> windows = new ArrayList<>();
        private @Nullable Child child;
        private @Nullable String failure;
        private double brokerSeconds;

        private Lane(Contender contender) {
            this.contender = contender;
            try {
                child = contender.starter().start();
                child.read();
            } catch (IOException e) {
                fail(e);
            }
        }

        private <A> @Nullable A ask(String order, Function<String, A> parser) {
            if (child == null || failure != null) {
                return null;
            }
            try {
                return parser.apply(child.ask(order));
            } catch (IOException | RuntimeException e) {
                fail(e);
                return null;
            }
        }

        /** The first collection of a JVM takes many times what others do; some meet it while they warm up, and some do not. */
        private void collectGarbage() {
            if (!contender.isCompiled()) {
                ask("collect", done -> done);
            }
        }

        private void fail(Exception cause) {
            failure = String.valueOf(cause.getMessage());
        }

        private void close() {
            if (child != null) {
                child.close();
            }
        }

        String label() {
            return contender.label();
        }

        boolean hasFailed() {
            return failure != null;
        }

        /** All of them; throws if the contender could not go to the end. */
        List<W> windows() throws IOException {
            if (failure != null) {
                throw new IOException(label() + ": " + failure);
            }
            return windows;
        }

        double brokerSeconds() {
            return brokerSeconds;
        }
    }
}
