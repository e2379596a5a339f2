package io.penstock.wire.generator;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Emits the enum {@code ApiKey}: every request that messages were generated for, with its versions and headers. */
final class ApiKeyEmitter {

    /** The answer to this request is read before the versions are agreed, so its header stays in the oldest form. */
    private static final int API_VERSIONS = 18;

    private final List<MessageSchema> requests;
    private final List<MessageSchema> responses;
    private final JavaSource out = new JavaSource();

    private ApiKeyEmitter(List<MessageSchema> schemas) {
        requests = ofRole(schemas, MessageSchema.Role.REQUEST);
        responses = ofRole(schemas, MessageSchema.Role.RESPONSE);
    }

    /** The source file for all of {@code schemas}. */
    static String emit(List<MessageSchema> schemas) {
        return new ApiKeyEmitter(schemas).file();
    }

    /** The enum constant for a request or response: {@code CREATE_TOPICS} for {@code CreateTopicsResponse}. */
    static String constant(MessageSchema schema) {
        return label(schema).replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toUpperCase(Locale.ROOT);
    }

    private static String label(MessageSchema schema) {
        return schema.name().replaceAll("(Request|Response)$", "");
    }

    private static List<MessageSchema> ofRole(List<MessageSchema> schemas, MessageSchema.Role role) {
        return schemas.stream()
                .filter(schema -> schema.role() == role)
                .sorted(Comparator.comparingInt(MessageSchema::apiKey))
                .toList();
    }

    private String file() {
        out.line("// Generated from Kafka's schemas. Changes here are lost.");
        out.line("package " + MessageEmitter.PACKAGE + ";").blank();
        out.line("import org.jspecify.annotations.Nullable;").blank();
        out.line("/** The requests that this library knows, with the versions of each that it speaks. */");
        out.open("public enum ApiKey");
        for (int i = 0; i < requests.size(); i++) {
            out.line(constant(i) + (i < requests.size() - 1 ? "," : ";"));
        }
        members();
        factory("Request newRequest()", "A new request, every field at its default.", requests);
        factory("Response newResponse()", "A new response, every field at its default.", responses);
        return out.close().toString();
    }

    private String constant(int index) {
        MessageSchema request = requests.get(index);
        MessageSchema response = responses.get(index);
        if (request.apiKey() != response.apiKey() || !request.valid().equals(response.valid())) {
            throw new SchemaException(request.name() + " and " + response.name() + " do not belong together");
        }
        int stable = request.valid().to() - (request.latestUnstable() ? 1 : 0);
        int flexibleResponse = request.apiKey() == API_VERSIONS ? Short.MAX_VALUE : firstFlexible(response);
        return constant(request) + "(\"" + label(request) + "\", " + request.apiKey() + ", "
                + request.valid().from() + ", " + request.valid().to() + ", " + stable + ", " + firstFlexible(request)
                + ", " + flexibleResponse + ")";
    }

    private static int firstFlexible(MessageSchema schema) {
        return schema.flexible().isEmpty() ? Short.MAX_VALUE : schema.flexible().from();
    }

    private void members() {
        out.blank().line("private static final ApiKey[] ALL = values();").blank();
        out.line("private final String label;");
        out.line("private final short id;");
        out.line("private final short lowestVersion;");
        out.line("private final short highestVersion;");
        out.line("private final short highestStableVersion;");
        out.line("private final short flexibleRequest;");
        out.line("private final short flexibleResponse;").blank();
        out.open("ApiKey(String label, int id, int lowest, int highest, int highestStable, int flexibleRequest, "
                + "int flexibleResponse)");
        out.line("this.label = label;");
        out.line("this.id = (short) id;");
        out.line("this.lowestVersion = (short) lowest;");
        out.line("this.highestVersion = (short) highest;");
        out.line("this.highestStableVersion = (short) highestStable;");
        out.line("this.flexibleRequest = (short) flexibleRequest;");
        out.line("this.flexibleResponse = (short) flexibleResponse;");
        out.close();
        getter("short id", "The number that stands for it on the wire.", "id");
        getter("String label", "Its name in Kafka's own writing.", "label");
        getter("short lowestVersion", "The oldest version that this library speaks.", "lowestVersion");
        getter("short highestVersion", "The newest version that this library speaks.", "highestVersion");
        getter(
                "short highestStableVersion",
                "The newest version that brokers offer without being told to offer unfinished ones.",
                "highestStableVersion");
        header("request", "version >= flexibleRequest ? 2 : 1");
        header("response", "version >= flexibleResponse ? 1 : 0");
        forId();
    }

    private void getter(String signature, String comment, String value) {
        out.blank().line("/** " + comment + " */");
        out.open("public " + signature + "()").line("return " + value + ";").close();
    }

    private void header(String which, String expression) {
        out.blank();
        out.line("/** The version of the header before a " + which + " of this {@code version}. */");
        out.open("public short " + which + "HeaderVersion(short version)");
        out.line("return (short) (" + expression + ");");
        out.close();
    }

    private void forId() {
        out.blank().line("/** The request with this number; null when this library does not know it. */");
        out.open("public static @Nullable ApiKey forId(short id)");
        out.open("for (ApiKey key : ALL)");
        out.open("if (key.id == id)").line("return key;").close();
        out.close();
        out.line("return null;");
        out.close();
    }

    private void factory(String signature, String comment, List<MessageSchema> messages) {
        out.blank().line("/** " + comment + " */");
        out.open("public " + signature);
        out.open("switch (id)");
        for (MessageSchema message : messages) {
            out.line("case " + message.apiKey() + ": return new " + message.name() + "();");
        }
        out.line("default: throw new AssertionError(label);");
        out.close();
        out.close();
    }
}
