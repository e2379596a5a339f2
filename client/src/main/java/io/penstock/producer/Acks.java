package io.penstock.producer;

/** How many replicas must have a record before the broker acknowledges it ({@code acks}). */
public enum Acks {
    /** None: the record counts as delivered once it is handed to the operating system. Offsets are not known. */
    NONE("0"),
    /** The leader alone. A leader that dies at once takes the record with it. */
    LEADER("1"),
    /** All in-sync replicas. What idempotence needs, and the default. */
    ALL("all");

    private final String value;

    Acks(String value) {
        this.value = value;
    }

    /** As written in the settings. */
    public String value() {
        return value;
    }
}
