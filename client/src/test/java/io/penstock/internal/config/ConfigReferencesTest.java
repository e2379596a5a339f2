package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import io.penstock.security.ConfigProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigReferencesTest {

    private static final String APACHE = "org.apache.kafka.common.config.provider.";

    @TempDir
    Path directory;

    private static Map<String, ?> resolve(Object... keysAndValues) {
        Map<String, Object> configs = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return ConfigReferences.resolve(configs);
    }

    private Map<String, ?> withFiles(String setting, Object... more) throws IOException {
        Files.writeString(directory.resolve("secrets.properties"), "password=canary-$1\\\\\nuser = alice\n");
        Files.writeString(directory.resolve("one"), "first\nsecond");
        Map<String, Object> configs = new HashMap<>(Map.of(
                "config.providers",
                "file, dir",
                "config.providers.file.class",
                APACHE + "FileConfigProvider",
                "config.providers.dir.class",
                APACHE + "DirectoryConfigProvider",
                "setting",
                setting,
                "number",
                7));
        for (int i = 0; i < more.length; i += 2) {
            configs.put((String) more[i], more[i + 1]);
        }
        return ConfigReferences.resolve(configs);
    }

    @Test
    void resolve_takesValuesOutOfFiles() throws Exception {
        String file = "${file:" + directory.resolve("secrets.properties") + ":";
        Map<String, ?> resolved =
                withFiles("user=\"" + file + "user}\" password=\"" + file + "password}\" ${dir:" + directory + ":one}");
        assertThat(resolved.get("setting")).isEqualTo("user=\"alice\" password=\"canary-$1\\\" first\nsecond");
        assertThat(resolved.get("number")).isEqualTo(7);
    }

    @Test
    void resolve_withoutProviders_changesNothing() {
        Map<String, String> configs = Map.of("setting", "${file:/x:y}");
        assertThat(ConfigReferences.resolve(configs)).isSameAs(configs);
        assertThat(resolve("config.providers", "", "setting", "${file:/x:y}").get("setting"))
                .isEqualTo("${file:/x:y}");
    }

    /** As Kafka does: a text may have such a form and mean something else. */
    @Test
    void resolve_leavesAloneWhatNamesNoProvider() throws Exception {
        assertThat(withFiles("${other:/x:y} ${file} $} ${:} ${vault}").get("setting"))
                .isEqualTo("${other:/x:y} ${file} $} ${:} ${vault}");
    }

    /** Kafka goes on with the reference itself as the password. */
    @Test
    void resolve_whenAValueIsMissing_saysWhichAndWhereWithoutSecrets() {
        for (String reference : new String[] {
            "${file:" + directory.resolve("secrets.properties") + ":other}",
            "${file:" + directory.resolve("none") + ":password}",
            "${dir:" + directory + ":none}",
            "${dir:" + directory + ":../one}",
            "${file:password}"
        }) {
            assertThatThrownBy(() -> withFiles(reference))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("configuration setting")
                    .hasMessageContaining(reference)
                    .hasMessageNotContaining("canary");
        }
    }

    @Test
    void resolve_readsOnlyWhatIsAllowed() throws Exception {
        String reference = "${file:" + directory.resolve("x/../secrets.properties") + ":user}";
        assertThat(withFiles(reference, "config.providers.file.param.allowed.paths", "/nowhere, " + directory)
                        .get("setting"))
                .isEqualTo("alice");
        assertThatThrownBy(() -> withFiles(
                        "${file:" + directory.resolve("x/../secrets.properties") + ":user}",
                        "config.providers.file.param.allowed.paths",
                        directory.resolve("x").toString()))
                .hasMessageContaining("allowed.paths");
    }

    @Test
    void environment_givesVariablesThatAreAllowed() throws Exception {
        StoredValues.Environment environment = new StoredValues.Environment(Map.of("APP_SECRET", "s", "HOME", "h"));
        assertThat(environment.get("", Set.of("HOME"))).isEqualTo(Map.of("HOME", "h"));
        environment.configure(Map.of("allowlist.pattern", "APP_.*"));
        assertThat(environment.get("", Set.of("HOME", "APP_SECRET"))).isEqualTo(Map.of("APP_SECRET", "s"));
        assertThatThrownBy(() -> environment.get("/path", Set.of("HOME"))).hasMessageContaining("path");
        String variable = System.getenv().keySet().iterator().next();
        assertThat(resolve(
                                "config.providers", "env",
                                "config.providers.env.class", APACHE + "EnvVarConfigProvider",
                                "setting", "<${env:" + variable + "}>")
                        .get("setting"))
                .isEqualTo("<" + System.getenv(variable) + ">");
    }

    /** A user's own. */
    public static final class Vault implements ConfigProvider {
        static final AtomicInteger OPEN = new AtomicInteger();
        private Map<String, ?> params = Map.of();

        @Override
        public void configure(Map<String, ?> given) {
            OPEN.incrementAndGet();
            params = given;
        }

        @Override
        public Map<String, String> get(String path, Set<String> keys) {
            if (path.equals("sealed")) {
                throw new IllegalStateException("the vault is sealed");
            }
            Map<String, String> found = new HashMap<>();
            keys.forEach(key -> found.put(key, params.get("url") + "/" + path + "/" + key));
            return found;
        }

        @Override
        public void close() {
            OPEN.decrementAndGet();
        }
    }

    @Test
    void resolve_asksAProviderOfOnesOwnAndClosesIt() {
        Object[] vault = {
            "config.providers", "vault",
            "config.providers.vault.class", Vault.class.getName(),
            "config.providers.vault.param.url", "http://v",
            "setting", "${vault:a:b:key}"
        };
        assertThat(resolve(vault).get("setting")).isEqualTo("http://v/a/b:key");
        assertThat(Vault.OPEN).hasValue(0);
        vault[7] = "${vault:sealed:key}";
        assertThatThrownBy(() -> resolve(vault))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sealed");
        assertThat(Vault.OPEN).hasValue(0);
    }

    @Test
    void resolve_whenAProviderCannotBeMade_namesTheKey() {
        assertThatThrownBy(() -> resolve("config.providers", "x")).hasMessageContaining("config.providers.x.class");
        assertThatThrownBy(() -> resolve("config.providers", "x", "config.providers.x.class", "java.lang.String"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config.providers.x.class")
                .hasMessageContaining("ConfigProvider");
    }

    @Test
    void settings_areReadAfterTheirReferencesAreResolved() throws Exception {
        Files.writeString(directory.resolve("secrets.properties"), "password=canary\n");
        String jaas =
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"${file:"
                        + directory.resolve("secrets.properties") + ":password}\";";
        ProducerSettings settings = ProducerSettings.from(
                Map.of(
                        "bootstrap.servers", "b:1",
                        "config.providers", "file",
                        "config.providers.file.class", APACHE + "FileConfigProvider",
                        "security.protocol", "SASL_PLAINTEXT",
                        "sasl.mechanism", "PLAIN",
                        "sasl.jaas.config", jaas),
                true,
                true);
        assertThat(settings.sasl().jaasConfig().reveal()).contains("password=\"canary\"");
        assertThat(settings.toString()).doesNotContain("canary");
    }
}
