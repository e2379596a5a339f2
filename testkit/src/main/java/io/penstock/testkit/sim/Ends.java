package io.penstock.testkit.sim;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Hears of the ends of futures.
 *
 * <p>As {@code whenComplete}, which makes a stage that fails with the future: an exception with a stack trace of its own for each
 * failure, a twentieth of a run's time.
 */
final class Ends {

    private Ends() {}

    static <T> void tell(CompletableFuture<T> of, BiConsumer<@Nullable T, @Nullable Throwable> listener) {
        var unused = of.handle((value, failure) -> {
            listener.accept(value, failure);
            return true;
        });
    }
}
