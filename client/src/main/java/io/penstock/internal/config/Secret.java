package io.penstock.internal.config;

import java.util.Objects;

/** A value that must never be read by a human: its text form is always {@code [hidden]}. Whoever needs it asks for it by name. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The value itself. Not for logs, messages or metrics. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "[hidden]";
    }
}
