package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One line of the table of settings. Immutable.
 *
 * @param name as users write it
 * @param type how its value is read
 * @param defaultValue in that type; null for none, {@link #REQUIRED} when the user has to give one
 * @param rule which values of the type it takes; null for all
 * @param limits what this version cannot honour; null when it honours everything
 */
record ConfigKey(
        String name,
        ConfigType type,
        @Nullable Object defaultValue,
        @Nullable Rule rule,
        @Nullable Limits limits) {

    /** Stands in the default's place for a key without one. */
    static final Object REQUIRED = new Object();

    /** Which values are taken, and the words for it. */
    record Rule(String words, Predicate<Object> holds) {}

    /** Why a value is refused, and which values are harmless all the same. */
    record Limits(String reason, Predicate<Object> harmless) {}

    static ConfigKey key(String name, ConfigType type, @Nullable Object defaultValue) {
        return new ConfigKey(name, type, defaultValue, null, null);
    }

    ConfigKey atLeast(double lowest) {
        return rule("must be at least " + number(lowest), new Range(lowest, Double.POSITIVE_INFINITY, null));
    }

    ConfigKey between(double lowest, double highest) {
        return rule("must be from " + number(lowest) + " to " + number(highest), new Range(lowest, highest, null));
    }

    ConfigKey betweenOr(int lowest, int highest, int other) {
        return rule("must be from " + lowest + " to " + highest + ", or " + other, new Range(lowest, highest, other));
    }

    ConfigKey in(String... values) {
        return rule("must be one of " + ConfigType.join(values), new OneOf(List.of(values), false));
    }

    ConfigKey inAnyCase(String... values) {
        return rule(
                "must be one of " + ConfigType.join(values) + ", in upper or lower case",
                new OneOf(List.of(values), true));
    }

    /** Classes, not lambdas: the table is there before anything else, and the first lambdas of a process cost it milliseconds each. */
    private record Range(
            double lowest, double highest, @Nullable Integer other) implements Predicate<Object> {
        @Override
        public boolean test(Object value) {
            double number = ((Number) value).doubleValue();
            return number >= lowest && number <= highest || value.equals(other);
        }
    }

    private record OneOf(List<?> values, boolean inAnyCase) implements Predicate<Object> {
        @Override
        public boolean test(Object value) {
            for (Object one : values) {
                if (inAnyCase ? one.toString().equalsIgnoreCase(value.toString()) : value.equals(one)) {
                    return true;
                }
            }
            return false;
        }
    }

    ConfigKey notEmpty() {
        return rule(
                "must not be empty",
                value -> value instanceof List<?> list
                        ? !list.isEmpty()
                        : !value.toString().isEmpty());
    }

    /** Refused unless set to its default, which says nothing. */
    ConfigKey later(String reason) {
        return only(reason, new OneOf(Collections.singletonList(defaultValue), false));
    }

    /** Refused unless the value is harmless. */
    ConfigKey only(String reason, Predicate<Object> harmless) {
        return new ConfigKey(name, type, defaultValue, rule, new Limits(reason, harmless));
    }

    private ConfigKey rule(String words, Predicate<Object> holds) {
        return new ConfigKey(name, type, defaultValue, new Rule(words, holds), limits);
    }

    private static String number(double value) {
        return value == (long) value ? Long.toString((long) value) : Double.toString(value);
    }

    boolean isRequired() {
        return defaultValue == REQUIRED;
    }

    /** Reads what the user gave: in this key's type, allowed, and within what this version can do. */
    @Nullable
    Object parse(@Nullable Object given) {
        if (given == null) {
            return parseNull();
        }
        Object value = type.parse(name, given);
        if (value instanceof List<?> list && hasBlankItem(list)) {
            throw new ConfigException(name, type.show(given), "no item of the list may be empty");
        }
        if (rule != null && !rule.holds.test(value)) {
            throw new ConfigException(name, type.show(given), rule.words);
        }
        if (limits != null && !limits.harmless.test(value)) {
            throw new ConfigException("configuration " + name + " is not supported: " + limits.reason);
        }
        return value;
    }

    /** Null says "leave it at the default" where that cannot be misread; elsewhere it is a slip. */
    private @Nullable Object parseNull() {
        boolean harmless =
                defaultValue == null || type == ConfigType.CLASS || (type == ConfigType.STRING && rule == null);
        if (!harmless) {
            throw new ConfigException(name, null, "expected a value; leave the key out for its default");
        }
        return null;
    }

    private static boolean hasBlankItem(List<?> list) {
        for (Object item : list) {
            if (item == null || item.toString().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
