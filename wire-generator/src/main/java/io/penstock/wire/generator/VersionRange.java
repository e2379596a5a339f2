package io.penstock.wire.generator;

/**
 * A run of message versions, both ends included; empty when {@code from > to}.
 *
 * <p>Schemas write it as {@code 3-13}, {@code 9+}, {@code 0} or {@code none}.
 */
record VersionRange(int from, int to) {

    static final VersionRange NONE = new VersionRange(0, -1);

    static VersionRange parse(String text) {
        String trimmed = text.trim();
        if (trimmed.equals("none")) {
            return NONE;
        }
        if (trimmed.endsWith("+")) {
            return new VersionRange(Integer.parseInt(trimmed.substring(0, trimmed.length() - 1)), Short.MAX_VALUE);
        }
        int dash = trimmed.indexOf('-');
        if (dash < 0) {
            int only = Integer.parseInt(trimmed);
            return new VersionRange(only, only);
        }
        return new VersionRange(
                Integer.parseInt(trimmed.substring(0, dash)), Integer.parseInt(trimmed.substring(dash + 1)));
    }

    boolean isEmpty() {
        return from > to;
    }

    boolean contains(int version) {
        return version >= from && version <= to;
    }

    boolean containsAll(VersionRange other) {
        return other.isEmpty() || (from <= other.from && to >= other.to);
    }

    VersionRange intersect(VersionRange other) {
        VersionRange common = new VersionRange(Math.max(from, other.from), Math.min(to, other.to));
        return common.isEmpty() ? NONE : common;
    }

    /** The Java expression that is true in this range, for a {@code version} known to lie in {@code known}. */
    String condition(VersionRange known) {
        if (containsAll(known)) {
            return "true";
        }
        VersionRange common = intersect(known);
        if (common.isEmpty()) {
            return "false";
        }
        if (common.to == known.to) {
            return "version >= " + common.from;
        }
        if (common.from == known.from) {
            return "version <= " + common.to;
        }
        return "version >= " + common.from + " && version <= " + common.to;
    }

    @Override
    public String toString() {
        if (isEmpty()) {
            return "none";
        }
        return to == Short.MAX_VALUE ? from + "+" : from == to ? "" + from : from + "-" + to;
    }
}
