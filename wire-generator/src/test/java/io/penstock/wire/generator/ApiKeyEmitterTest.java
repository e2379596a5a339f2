package io.penstock.wire.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeyEmitterTest {

    @Test
    void emit_whenTheNewestVersionIsUnstable_saysWhichIsStable() {
        String source = ApiKeyEmitter.emit(
                List.of(schema("OpenGateRequest", 7, "1-3", true), schema("OpenGateResponse", 7, "1-3", false)));

        assertThat(source).contains("OPEN_GATE(\"OpenGate\", 7, 1, 3, 2, 2, 2);");
    }

    @Test
    void emit_whenRequestAndResponseDoNotMatch_stopsTheBuild() {
        assertThatThrownBy(() -> ApiKeyEmitter.emit(List.of(
                        schema("OpenGateRequest", 7, "1-3", false), schema("OpenGateResponse", 7, "1-4", false))))
                .isInstanceOf(SchemaException.class)
                .hasMessage("OpenGateRequest and OpenGateResponse do not belong together");
    }

    private static MessageSchema schema(String name, int apiKey, String valid, boolean latestUnstable) {
        VersionRange range = VersionRange.parse(valid);
        MessageSchema.Role role = name.endsWith("Request") ? MessageSchema.Role.REQUEST : MessageSchema.Role.RESPONSE;
        return new MessageSchema(
                name,
                role,
                apiKey,
                range,
                VersionRange.parse("2+").intersect(range),
                latestUnstable,
                new Struct(name, range, List.of()),
                List.of());
    }
}
