package io.penstock.wire.generator;

import java.util.List;

/**
 * A named group of fields: a message's top level, or what one of its fields holds.
 *
 * @param versions in which it can occur
 * @param fields those that occur in at least one of them, in the schema's order
 */
record Struct(String name, VersionRange versions, List<Field> fields) {

    List<Field> body() {
        return fields.stream().filter(field -> !field.isTagged()).toList();
    }

    List<Field> tagged() {
        return fields.stream()
                .filter(Field::isTagged)
                .sorted((a, b) -> Integer.compare(a.tag(), b.tag()))
                .toList();
    }
}
