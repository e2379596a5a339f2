package io.penstock.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.testkit.EmbeddedKafka;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One program, compiled as it is and with its imports changed as docs/MIGRATION.md says, and run both ways on one broker. */
class ImportChangeIT {

    private static final Pattern ROW =
            Pattern.compile("\\| `(org\\.apache\\.kafka\\.[^|]*)` \\| `(io\\.penstock\\.[a-z]+)\\.\\*` \\|");

    @TempDir
    Path folder;

    private static String sample() throws Exception {
        try (InputStream in = ImportChangeIT.class.getResourceAsStream("/migration/Orders.java.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        }
    }

    /** The package that the document's table sends a class to. */
    private static String packageFor(String name) throws Exception {
        Matcher row = ROW.matcher(Files.readString(Path.of("..", "docs", "MIGRATION.md")));
        while (row.find()) {
            for (String from : row.group(1).split("`, `")) {
                String regex = from.replace(".", "\\.")
                        .replace("*", "[A-Za-z]+")
                        .replace("{", "(")
                        .replace("}", ")")
                        .replace(", ", "|");
                if (name.matches(regex)) {
                    return row.group(2);
                }
            }
        }
        throw new AssertionError("docs/MIGRATION.md does not say where to " + name + " goes");
    }

    /** Import lines alone are touched; what stands in texts, such as names of classes, stays. */
    private static String changed(String source) throws Exception {
        Matcher imports = Pattern.compile("^import (org\\.apache\\.kafka\\.[\\w.]*)\\.(\\w+);$", Pattern.MULTILINE)
                .matcher(source);
        StringBuilder result = new StringBuilder();
        while (imports.find()) {
            String name = imports.group(1) + "." + imports.group(2);
            imports.appendReplacement(result, "import " + packageFor(name) + "." + imports.group(2) + ";");
        }
        return imports.appendTail(result).toString();
    }

    private List<String> run(String source, String name, String bootstrap, String topic) throws Exception {
        Path classes = compile(source, name);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(loader);
            try {
                Object facts = loader.loadClass("shop.Orders")
                        .getMethod("run", String.class, String.class)
                        .invoke(null, bootstrap, topic);
                return ((List<?>) facts).stream().map(Object::toString).toList();
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }
    }

    private Path compile(String source, String name) throws Exception {
        Path file = Files.createDirectories(folder.resolve(name + "/shop")).resolve("Orders.java");
        Path classes = Files.createDirectories(folder.resolve(name + "-classes"));
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
            boolean done = compiler.getTask(
                            messages,
                            files,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjects(file))
                    .call();
            assertThat(done).as("%s: %s", name, messages).isTrue();
        }
        return classes;
    }

    @Test
    void sample_compilesAndDoesTheSame_withEitherImports() throws Exception {
        String source = sample();
        String changed = changed(source);
        assertThat(changed)
                .contains("import io.penstock.producer.KafkaProducer;")
                .doesNotContain("import org.apache");
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopic("one", 2, Map.of());
            kafka.createTopic("two", 2, Map.of());
            List<String> theirs = run(source, "apache", kafka.bootstrapServers(), "one");
            List<String> ours = run(changed, "penstock", kafka.bootstrapServers(), "two");
            assertThat(ours)
                    .isEqualTo(theirs.stream()
                            .map(fact -> fact.replace("one-", "two-")
                                    .replace("topic=one", "topic=two")
                                    .replaceAll("^one ", "two "))
                            .toList());
            assertThat(theirs).contains("closed", "refused: a negative price", "sent 1.0");
            assertThat(theirs).hasSize(14);
        }
    }
}
