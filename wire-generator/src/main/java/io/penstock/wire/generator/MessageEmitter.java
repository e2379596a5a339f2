package io.penstock.wire.generator;

/** Emits the class of one message, with its structures as nested classes. */
final class MessageEmitter {

    static final String PACKAGE = "io.penstock.wire.message";

    private final MessageSchema schema;
    private final String packageName;
    private final JavaSource out = new JavaSource();

    private MessageEmitter(MessageSchema schema, String packageName) {
        this.schema = schema;
        this.packageName = packageName;
    }

    /** The source file for {@code schema}. */
    static String emit(MessageSchema schema) {
        return emit(schema, PACKAGE);
    }

    /** The source file in another package than the wire's: a message and no more, as {@code ApiKey} does not know it. */
    static String emit(MessageSchema schema, String packageName) {
        return new MessageEmitter(schema, packageName).file();
    }

    private boolean isAbroad() {
        return !packageName.equals(PACKAGE);
    }

    private String file() {
        out.line("// Generated from Kafka's schema of this name. Changes here are lost.");
        out.line("package " + packageName + ";").blank();
        out.line("import io.penstock.wire.Segments;");
        out.line("import io.penstock.wire.WireReader;");
        out.line("import io.penstock.wire.WireWriter;");
        if (isAbroad()) {
            out.line("import " + PACKAGE + ".Message;");
            out.line("import " + PACKAGE + ".VersionRules;");
            out.line("import " + PACKAGE + ".WireArrays;");
        }
        out.line("import java.nio.ByteBuffer;");
        out.line("import java.util.ArrayList;");
        out.line("import java.util.List;");
        out.line("import java.util.UUID;");
        out.line("import org.jspecify.annotations.Nullable;").blank();
        out.line("/** {@code " + schema.name() + "}, versions " + schema.valid() + ". */");
        out.open("public final class " + schema.name() + " implements " + role());
        new AccessorEmitter(out).emit(schema.name(), schema.top());
        identity();
        codec(schema.top(), "public ", "@Override");
        for (Struct struct : schema.structs()) {
            nested(struct);
        }
        return out.close().toString();
    }

    private String role() {
        if (isAbroad()) {
            return "Message";
        }
        return switch (schema.role()) {
            case REQUEST -> "Request";
            case RESPONSE -> "Response";
            case HEADER -> "Message";
        };
    }

    private void identity() {
        if (schema.role() != MessageSchema.Role.HEADER && !isAbroad()) {
            method("ApiKey apiKey()", "ApiKey." + ApiKeyEmitter.constant(schema));
        }
        method("short lowestVersion()", Integer.toString(schema.valid().from()));
        method("short highestVersion()", Integer.toString(schema.valid().to()));
    }

    private void method(String signature, String value) {
        out.blank().line("@Override");
        out.open("public " + signature).line("return " + value + ";").close();
    }

    private void nested(Struct struct) {
        out.blank();
        out.line("/** Part of {@code " + schema.name() + "}, versions " + struct.versions() + ". */");
        out.open("public static final class " + struct.name());
        new AccessorEmitter(out).emit(struct.name(), struct);
        codec(struct, "", "");
        if (schema.isHeldInArray(struct.name())) {
            readAll(struct.name());
        }
        if (schema.isHeldAlone(struct.name())) {
            isDefault(struct);
        }
        out.close();
    }

    private void codec(Struct struct, String access, String annotation) {
        boolean top = struct.name().equals(schema.name());
        String check = "VersionRules.check(this, version);";
        out.blank();
        if (top) {
            out.line(annotation);
        }
        out.open(access + "void write(WireWriter w, short version)");
        if (top) {
            out.line(check);
        }
        Flexibility.declare(schema, struct, out);
        new WriteEmitter(schema, out).body(struct);
        out.close().blank();
        if (top) {
            out.line(annotation);
        }
        out.open(access + "void read(WireReader r, short version)");
        if (top) {
            out.line(check);
        }
        Flexibility.declare(schema, struct, out);
        new ReadEmitter(schema, out).body(struct);
        out.close();
    }

    private void readAll(String name) {
        out.blank();
        out.open("static @Nullable List<" + name + "> readAll(WireReader r, short version, int count)");
        out.open("if (count < 0)").line("return null;").close();
        out.line("List<" + name + "> all = new ArrayList<>(r.initialCapacity(count));");
        out.open("for (int left = count; left > 0; left--)");
        out.line(name + " element = new " + name + "();");
        out.line("element.read(r, version);");
        out.line("all.add(element);");
        out.close();
        out.line("return all;");
        out.close();
    }

    private void isDefault(Struct struct) {
        out.blank().open("boolean isDefault()");
        String anySet = struct.fields().stream()
                .map(Defaults::isSet)
                .reduce((a, b) -> a + " || " + b)
                .orElse("false");
        out.line("return !(" + anySet + ");");
        out.close();
    }
}
