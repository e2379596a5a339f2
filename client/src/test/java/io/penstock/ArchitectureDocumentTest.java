package io.penstock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That docs/ARCHITECTURE.md and docs/decisions name only tests and classes that there are. */
class ArchitectureDocumentTest {

    /** Names of types in backticks, perhaps with a member: two humps at least, so that words are not taken for them. */
    private static final Pattern TYPE = Pattern.compile("`([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)+)(?:\\.[A-Za-z]+)?`");

    /** Kafka's and the JDK's, and our own that a document may name before they are built. */
    private static final Set<String> NOT_OURS = Set.of(
            "BrokerServer",
            "ControllerServer",
            "KafkaConfig",
            "KafkaRaftServer",
            "ServerSocketFactory",
            "SharedServer");

    @Test
    void documents_nameTypesThatExist() throws IOException {
        Path root = root();
        Set<String> sources = names(root);
        Set<String> unknown = new TreeSet<>();
        for (Path document : documents(root)) {
            Matcher matcher = TYPE.matcher(Files.readString(document));
            while (matcher.find()) {
                if (!sources.contains(matcher.group(1)) && !NOT_OURS.contains(matcher.group(1))) {
                    unknown.add(root.relativize(document) + ": " + matcher.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static Path root() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("docs")) ? here : here.getParent();
    }

    private static Set<Path> documents(Path root) throws IOException {
        try (Stream<Path> files = Files.list(root.resolve("docs/decisions"))) {
            Set<Path> documents =
                    files.filter(file -> file.toString().endsWith(".md")).collect(Collectors.toSet());
            documents.add(root.resolve("docs/ARCHITECTURE.md"));
            return documents;
        }
    }

    private static Set<String> names(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
