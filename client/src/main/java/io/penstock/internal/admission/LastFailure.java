package io.penstock.internal.admission;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Why no broker can be reached, while none can; for the message of whoever gives up waiting. Loop writes, all read. */
public final class LastFailure {

    private final List<?> servers;
    private volatile @Nullable Throwable cause;

    /** @param servers those that are asked first */
    public LastFailure(List<?> servers) {
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

    /** As text, with commas. */
    String servers() {
        return servers.stream().map(Object::toString).collect(Collectors.joining(","));
    }
}
