package io.penstock.internal.config;

import io.penstock.errors.ConfigException;
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
        return rule("must be at least " + number(lowest), value -> ((Number) value).doubleValue() >= lowest);
    }

    ConfigKey between(double lowest, double highest) {
        return rule("must be from " + number(lowest) + " to " + number(highest), value -> {
            double number = ((Number) value).doubleValue();
            return number >= lowest && number <= highest;
        });
    }

    ConfigKey betweenOr(int lowest, int highest, int other) {
        Rule range = between(lowest, highest).rule;
        return rule(
                "must be from " + lowest + " to " + highest + ", or " + other,
                value -> value.equals(other) || (range != null && range.holds.test(value)));
    }

    ConfigKey in(String... values) {
        return rule("must be one of " + ConfigType.join(values), List.of(values)::contains);
    }

    ConfigKey inAnyCase(String... values) {
        return rule(
                "must be one of " + ConfigType.join(values) + ", in upper or lower case",
                value -> List.of(values).stream().anyMatch(value.toString()::equalsIgnoreCase));
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
        return only(reason, value -> value.equals(defaultValue));
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
        if (value instanceof List<?> list && list.stream().anyMatch(ConfigKey::isBlankItem)) {
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

    private static boolean isBlankItem(@Nullable Object item) {
        return item == null || item.toString().isEmpty();
    }
}
