package io.penstock.wire.generator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one schema file, JSON with comments, into a {@link MessageSchema}.
 *
 * <p>Structures are gathered by name: those written where they are used, and the common ones that several fields
 * share. Fields that no valid version carries are left out.
 */
final class SchemaReader {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonParser.Feature.ALLOW_COMMENTS).build();

    private final JsonNode root;
    private final VersionRange valid;
    private final VersionRange flexible;
    private final Map<String, Struct> structs = new LinkedHashMap<>();

    private SchemaReader(JsonNode root) {
        this.root = root;
        this.valid = VersionRange.parse(root.path("validVersions").asText("none"));
        this.flexible = VersionRange.parse(root.path("flexibleVersions").asText("none"));
    }

    static MessageSchema read(InputStream file) {
        JsonNode root;
        try {
            root = JSON.readTree(file);
        } catch (IOException e) {
            throw new SchemaException("not a schema: " + e.getMessage(), e);
        }
        String name = root.path("name").asText();
        try {
            return new SchemaReader(root).schema(name);
        } catch (SchemaException | NumberFormatException e) {
            throw new SchemaException(name + ": " + e.getMessage(), e);
        }
    }

    private MessageSchema schema(String name) {
        if (valid.isEmpty()) {
            throw new SchemaException("no valid version");
        }
        for (JsonNode common : root.path("commonStructs")) {
            struct(common.path("name").asText(), valid, common.path("fields"));
        }
        Struct top = new Struct(name, valid, fields(root.path("fields"), valid));
        MessageSchema schema = new MessageSchema(
                name,
                MessageSchema.Role.valueOf(root.path("type").asText().toUpperCase(Locale.ROOT)),
                root.path("apiKey").asInt(-1),
                valid,
                flexible.intersect(valid),
                root.path("latestVersionUnstable").asBoolean(false),
                top,
                List.copyOf(structs.values()));
        schema.refuseRecursion();
        return schema;
    }

    private void struct(String name, VersionRange versions, JsonNode fields) {
        if (structs.containsKey(name)) {
            throw new SchemaException("two structures called " + name);
        }
        structs.put(name, new Struct(name, versions, fields(fields, versions)));
    }

    private List<Field> fields(JsonNode nodes, VersionRange outer) {
        List<Field> fields = new ArrayList<>();
        for (JsonNode node : nodes) {
            VersionRange versions = VersionRange.parse(node.path("versions").asText("0+"));
            if (!versions.intersect(outer).isEmpty()) {
                fields.add(field(node, versions.intersect(outer), outer));
            }
        }
        return List.copyOf(fields);
    }

    private Field field(JsonNode node, VersionRange versions, VersionRange outer) {
        String name = node.path("name").asText();
        FieldType type = FieldType.parse(node.path("type").asText());
        if (node.has("fields")) {
            struct(type.structName(), versions, node.path("fields"));
        }
        return new Field(
                name,
                type,
                versions,
                range(node, "nullableVersions", VersionRange.NONE).intersect(versions),
                range(node, "flexibleVersions", flexible).intersect(versions),
                tag(node, name, versions, outer),
                defaultText(node),
                node.path("ignorable").asBoolean(false),
                node.path("zeroCopy").asBoolean(false));
    }

    private int tag(JsonNode node, String name, VersionRange versions, VersionRange outer) {
        if (!node.has("tag")) {
            return -1;
        }
        VersionRange tagged = range(node, "taggedVersions", VersionRange.NONE).intersect(outer);
        if (!tagged.containsAll(versions) || !flexible.containsAll(versions)) {
            throw new SchemaException(name + " is tagged in " + tagged + " but carried in " + versions
                    + ": a field that is sometimes tagged is not supported");
        }
        return node.path("tag").asInt();
    }

    private static VersionRange range(JsonNode node, String property, VersionRange otherwise) {
        return node.has(property) ? VersionRange.parse(node.path(property).asText()) : otherwise;
    }

    private static @Nullable String defaultText(JsonNode node) {
        return node.has("default") ? node.path("default").asText() : null;
    }
}
