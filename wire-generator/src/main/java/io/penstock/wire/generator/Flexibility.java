package io.penstock.wire.generator;

/** How emitted code knows whether the version at hand writes lengths in the new form. */
final class Flexibility {

    private Flexibility() {}

    /** The expression to pass for a field, in code reached only by the versions {@code known}. */
    static String argument(MessageSchema schema, Field field, VersionRange known) {
        String condition = field.flexible().condition(known);
        boolean asMessage = field.flexible().equals(schema.flexible().intersect(field.versions()));
        return condition.equals("true") || condition.equals("false") || !asMessage ? condition : "flexible";
    }

    /** Declares the local {@code flexible} at the head of a method, unless it would be a constant. */
    static void declare(MessageSchema schema, Struct struct, JavaSource out) {
        String condition = schema.flexible().condition(struct.versions());
        if (!condition.equals("true") && !condition.equals("false")) {
            out.line("boolean flexible = " + condition + ";");
        }
    }
}
