package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.internal.admission.DeliveryPromise;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** What has become of a record by now; fails if that is still open. */
final class Fates {

    private Fates() {}

    static long offset(DeliveryPromise delivery) {
        assertThat(delivery.delivered()).as("delivered").isCompleted();
        return delivery.delivered().join().offset();
    }

    static Throwable failure(CompletableFuture<?> future) {
        assertThat(future).isCompletedExceptionally();
        Throwable thrown = catchThrowable(future::join);
        return thrown instanceof CompletionException ? thrown.getCause() : thrown;
    }
}
