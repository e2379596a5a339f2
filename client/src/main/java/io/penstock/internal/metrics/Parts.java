package io.penstock.internal.metrics;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the loops of a producer count of one thing, a part each, or none where a loop has nothing to do with it. Any thread.
 *
 * @param <M> what a part is
 */
@FunctionalInterface
public interface Parts<M> {

    /** Those that there are by now. */
    List<M> all();

    /** What is counted, by all together. */
    default Measured sum(Function<M, Measure> of) {
        return Measured.sumOf(all().stream().map(of).toList());
    }

    /** The parts' own parts, of those that have one. */
    default <P> Parts<P> map(Function<M, @Nullable P> of) {
        return () -> all().stream().map(of).filter(Objects::nonNull).toList();
    }
}
