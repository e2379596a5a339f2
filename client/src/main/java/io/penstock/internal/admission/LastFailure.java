package io.penstock.internal.admission;

import org.jspecify.annotations.Nullable;

/** Why no broker can be reached, while none can; for the message of whoever gives up waiting. Loop writes, all read. */
public final class LastFailure {

    private final String servers;
    private volatile @Nullable Throwable cause;

    /** @param servers those that are asked first */
    public LastFailure(String servers) {
        this.servers = servers;
    }

    /** A connection could not be made or was lost. */
    public void set(Throwable why) {
        cause = why;
    }

    /** Some broker answers. */
    public void clear() {
        cause = null;
    }

    @Nullable
    Throwable get() {
        return cause;
    }

    String servers() {
        return servers;
    }
}
