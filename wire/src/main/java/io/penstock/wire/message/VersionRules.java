package io.penstock.wire.message;

/** The refusals that generated messages share: of a version, or of a field that a version cannot carry. */
public final class VersionRules {

    private VersionRules() {}

    public static void check(Message message, short version) {
        if (version < message.lowestVersion() || version > message.highestVersion()) {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " has no version " + version
                    + ", only " + message.lowestVersion() + " to " + message.highestVersion());
        }
    }

    public static IllegalArgumentException cannotCarry(String field, short version) {
        return new IllegalArgumentException(
                field + " is set, but version " + version + " cannot carry it: leave it at its default there");
    }

    public static IllegalArgumentException cannotBeNull(String field, short version) {
        return new IllegalArgumentException(field + " is null, which version " + version + " cannot say");
    }
}
