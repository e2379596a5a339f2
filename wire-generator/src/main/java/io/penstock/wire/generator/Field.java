package io.penstock.wire.generator;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One field of a structure, as the schema has it.
 *
 * @param versions in which it is carried
 * @param nullable in which of them it may be null
 * @param flexible in which the new form of lengths is used for it
 * @param tag its tag, or -1 if it stands in the structure's body
 * @param defaultText the schema's default; null when it names none
 * @param ignorable whether it may be left out where it cannot be carried, although it is set
 * @param view whether its bytes are shared with the frame instead of copied
 */
record Field(
        String name,
        FieldType type,
        VersionRange versions,
        VersionRange nullable,
        VersionRange flexible,
        int tag,
        @Nullable String defaultText,
        boolean ignorable,
        boolean view) {

    /** Names that a method without arguments cannot have. */
    private static final Set<String> NOT_FOR_METHODS = Set.of(
            "class",
            "default",
            "interface",
            "package",
            "public",
            "switch",
            "short",
            "int",
            "long",
            "byte",
            "getClass",
            "hashCode",
            "notify",
            "notifyAll",
            "toString",
            "wait");

    /** Names of the parameters and locals of the emitted methods, which would hide a field. */
    private static final Set<String> LOCALS =
            Set.of("version", "w", "r", "flexible", "left", "tag", "tags", "end", "element");

    boolean isTagged() {
        return tag >= 0;
    }

    boolean isNullable() {
        return !nullable.isEmpty();
    }

    /** Name of the accessor and of the setter. */
    String accessorName() {
        String lower = Character.toLowerCase(name.charAt(0)) + name.substring(1);
        return NOT_FOR_METHODS.contains(lower) ? lower + "Field" : lower;
    }

    /** Name of the Java field. */
    String javaName() {
        String accessor = accessorName();
        return LOCALS.contains(accessor) ? accessor + "Field" : accessor;
    }

    /** The Java type, without a word on null. */
    String javaType() {
        if (type.isList()) {
            return "List<" + type.elementType() + ">";
        }
        if (type.isPrimitiveArray()) {
            return type.elementType() + "[]";
        }
        return type.kind() == Kind.BYTES && view ? "ByteBuffer" : type.elementType();
    }

    /** The Java type with its nullness. */
    String declaredType() {
        String plain = javaType();
        if (!isNullable()) {
            return plain;
        }
        return plain.endsWith("[]") ? plain.substring(0, plain.length() - 2) + " @Nullable []" : "@Nullable " + plain;
    }
}
