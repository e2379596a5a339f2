package io.penstock.testkit.mock;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** One of two mocks, with what it answered, as lines that can be compared. */
abstract class MockUnderTest {

    private final List<String> lines = new ArrayList<>();
    final List<Future<?>> futures = new ArrayList<>();

    abstract void initTransactions();

    abstract void beginTransaction();

    abstract void commitTransaction();

    abstract void abortTransaction();

    abstract void send(String topic, Integer partition, String value);

    /** Below 0 for no offsets at all. */
    abstract void sendOffsets(String group, long offset);

    abstract void flush();

    abstract void completeNext();

    abstract void errorNext();

    abstract void partitionsFor();

    abstract void clientInstanceId();

    abstract void setClientInstanceId();

    abstract void injectTimeout();

    abstract void disableTelemetry();

    abstract void fenceProducer();

    abstract void clear();

    abstract void close();

    /** Makes one of the calls fail from now on; none for an empty name. */
    abstract void fail(String call);

    abstract String state();

    final void call(Consumer<MockUnderTest> step) {
        try {
            step.accept(this);
        } catch (RuntimeException e) {
            say("threw " + name(e));
        }
    }

    final void say(String line) {
        lines.add(line);
    }

    final List<String> lines() {
        return lines;
    }

    /** All that can be seen from outside. */
    final String observe() {
        StringBuilder seen = new StringBuilder(state());
        for (Future<?> future : futures) {
            seen.append(' ').append(future.isDone() ? result(future) : "-");
        }
        return seen.toString();
    }

    private static String result(Future<?> future) {
        try {
            return String.valueOf(future.get());
        } catch (ExecutionException e) {
            return name(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String name(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure.getClass().getSimpleName()
                + (cause == null ? "" : " of " + cause.getClass().getSimpleName());
    }
}
