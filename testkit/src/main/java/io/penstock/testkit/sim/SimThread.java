package io.penstock.testkit.sim;

import io.penstock.internal.admission.AdmissionExecutor;
import io.penstock.internal.completion.CompletionQueue;
import java.util.ArrayDeque;

/** The stand-in for a thread with a queue of tasks, stepped one task at a time: the callbacks' and the admission's. */
final class SimThread implements CompletionQueue, AdmissionExecutor {

    private final String name;
    private final SimClock clock;
    private final Agenda agenda;
    private final Findings findings;
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private int maxSize;
    private boolean running;

    /** Whether somebody has seen to it that the tasks are run; it sleeps otherwise, and only when it has none. */
    private boolean awake;

    SimThread(String name, SimClock clock, Agenda agenda, Findings findings) {
        this.name = name;
        this.clock = clock;
        this.agenda = agenda;
        this.findings = findings;
    }

    boolean hasTask() {
        // A thread that waits inside a task of its own does nothing else meanwhile.
        return awake && !running && !tasks.isEmpty();
    }

    int size() {
        return tasks.size();
    }

    int maxSize() {
        return maxSize;
    }

    boolean isRunning() {
        return running;
    }

    void runOne() {
        Runnable task = tasks.remove();
        running = true;
        try {
            task.run();
        } catch (Throwable e) {
            findings.add("EngineUnharmed", "a task of the " + name + " thread threw", e);
        } finally {
            running = false;
            awake = !tasks.isEmpty();
        }
    }

    private void add(Runnable task) {
        submitQuietly(task);
        awake = true;
    }

    @Override
    public void submit(Runnable work) {
        add(work);
    }

    @Override
    public void submitQuietly(Runnable work) {
        tasks.add(work);
        maxSize = Math.max(maxSize, tasks.size());
    }

    @Override
    public void wake() {
        awake = true;
    }

    @Override
    public boolean isCallbackThread() {
        return running;
    }

    @Override
    public void execute(Runnable task) {
        add(task);
    }

    @Override
    public void executeAfter(long delayNanos, Runnable task) {
        if (delayNanos <= 0) {
            add(task);
        } else {
            agenda.at(clock.now() + delayNanos, () -> add(task));
        }
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }
}
