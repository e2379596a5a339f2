package io.penstock.wire.generator;

import java.util.List;
import java.util.stream.Stream;

/**
 * A schema file, read and checked.
 *
 * @param apiKey the request's number, or -1 for a header
 * @param latestUnstable whether brokers offer the newest version only when told to
 * @param structs all structures below the top level
 */
record MessageSchema(
        String name,
        Role role,
        int apiKey,
        VersionRange valid,
        VersionRange flexible,
        boolean latestUnstable,
        Struct top,
        List<Struct> structs) {

    enum Role {
        REQUEST,
        RESPONSE,
        HEADER
    }

    /** Whether some field holds a single structure of this name, so that its being all default matters. */
    boolean isHeldAlone(String structName) {
        return fields().anyMatch(field ->
                field.type().isStruct() && field.type().structName().equals(structName));
    }

    /** Whether some field holds an array of the structure of this name. */
    boolean isHeldInArray(String structName) {
        return fields().anyMatch(field ->
                field.type().array() && field.type().structName().equals(structName));
    }

    Struct struct(String structName) {
        return structs.stream()
                .filter(struct -> struct.name().equals(structName))
                .findFirst()
                .orElseThrow(() -> new SchemaException(name + " has no structure " + structName));
    }

    /** Refuses a structure that contains itself: bytes could then nest as deep as a peer likes. */
    void refuseRecursion() {
        refuseRecursion(top, List.of());
    }

    private void refuseRecursion(Struct struct, List<String> outer) {
        if (outer.contains(struct.name())) {
            throw new SchemaException(struct.name() + " contains itself");
        }
        List<String> path =
                Stream.concat(outer.stream(), Stream.of(struct.name())).toList();
        for (Field field : struct.fields()) {
            if (field.type().kind() == Kind.STRUCT) {
                refuseRecursion(struct(field.type().structName()), path);
            }
        }
    }

    private Stream<Field> fields() {
        return Stream.concat(Stream.of(top), structs.stream()).flatMap(struct -> struct.fields().stream());
    }
}
