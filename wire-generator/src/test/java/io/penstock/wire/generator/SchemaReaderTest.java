package io.penstock.wire.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SchemaReaderTest {

    private static final String TIDE_REQUEST = """
            // Comments stand anywhere.
            { "apiKey": 99, "type": "request", "name": "TideRequest", "validVersions": "1-3", "flexibleVersions": "2+",
              "latestVersionUnstable": true,
              "fields": [
                { "name": "Gone", "type": "int32", "versions": "0" },
                { "name": "Gates", "type": "[]Gate", "versions": "0+", "nullableVersions": "3+", "fields": [
                  // Here too.
                  { "name": "Name", "type": "string", "versions": "1+" },
                  { "name": "Width", "type": "int64", "versions": "2+", "ignorable": true },
                  { "name": "Levels", "type": "[]int32", "versions": "1-2" }
                ]},
                { "name": "Moon", "type": "int8", "versions": "2+", "taggedVersions": "2+", "tag": 4, "default": "-1" }
              ] }
            """;

    @Test
    void read_keepsToValidVersions() {
        MessageSchema schema = read(TIDE_REQUEST);

        assertThat(schema.name()).isEqualTo("TideRequest");
        assertThat(schema.role()).isEqualTo(MessageSchema.Role.REQUEST);
        assertThat(schema.apiKey()).isEqualTo(99);
        assertThat(schema.valid()).isEqualTo(new VersionRange(1, 3));
        assertThat(schema.flexible()).isEqualTo(new VersionRange(2, 3));
        assertThat(schema.latestUnstable()).isTrue();
        assertThat(schema.top().fields()).extracting(Field::name).containsExactly("Gates", "Moon");
        Field gates = schema.top().fields().get(0);
        assertThat(gates.nullable()).isEqualTo(new VersionRange(3, 3));
        assertThat(gates.declaredType()).isEqualTo("@Nullable List<Gate>");
        assertThat(schema.top().tagged()).singleElement().satisfies(moon -> assertThat(Defaults.value(moon))
                .isEqualTo("(byte) -1"));
    }

    @Test
    void minimumSize_isTheSmallestOverAllVersions() {
        // Version 1: 2 for the name, 4 for the levels. Version 2: 1 + 8 + 1 and 1 for the tags. Version 3: 1 + 8 + 1.
        MessageSchema schema = read(TIDE_REQUEST);

        assertThat(new MinimumSize(schema).ofElement(schema.top().fields().get(0)))
                .isEqualTo(6);
    }

    @Test
    void read_whenAStructureContainsItself_namesIt() {
        assertThatThrownBy(() -> read("""
                                { "type": "request", "name": "LoopRequest", "validVersions": "0", "flexibleVersions": "0+",
                                  "commonStructs": [ { "name": "Ring", "versions": "0+", "fields": [
                                    { "name": "Next", "type": "Ring", "versions": "0+", "nullableVersions": "0+" } ] } ],
                                  "fields": [ { "name": "Rings", "type": "[]Ring", "versions": "0+" } ] }
                                """))
                .isInstanceOf(SchemaException.class)
                .hasMessage("LoopRequest: Ring contains itself");
    }

    @Test
    void read_whenAFieldIsTaggedInOnlySomeVersions_namesIt() {
        assertThatThrownBy(() -> read("""
                                { "type": "request", "name": "HalfRequest", "validVersions": "0-2", "flexibleVersions": "1+",
                                  "fields": [ { "name": "Half", "type": "int8", "versions": "0+", "taggedVersions": "1+",
                                    "tag": 0 } ] }
                                """))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("HalfRequest: Half is tagged in 1-2 but carried in 0-2");
    }

    @Test
    void read_whenAnArrayIsOfAKindWithoutCode_namesIt() {
        assertThatThrownBy(() -> read("""
                                { "type": "request", "name": "OddRequest", "validVersions": "0", "flexibleVersions": "none",
                                  "fields": [ { "name": "Odd", "type": "[]records", "versions": "0+" } ] }
                                """))
                .isInstanceOf(SchemaException.class)
                .hasMessage("OddRequest: arrays of records are not supported");
    }

    @Test
    void read_whenItIsNotJson_saysSo() {
        assertThatThrownBy(() -> read("{ \"name\": "))
                .isInstanceOf(SchemaException.class)
                .hasMessageStartingWith("not a schema");
    }

    private static MessageSchema read(String text) {
        return SchemaReader.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
