package io.penstock.producer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every example of the public documentation, so that none can go stale. */
class ExamplesTest {
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\R(.*?)\\R \\* }</pre>", Pattern.DOTALL);

    /** What an example may take for granted. */
    private static final String SURROUNDINGS = """
            import static java.nio.charset.StandardCharsets.UTF_8;
            import io.penstock.errors.*;
            import io.penstock.producer.*;
            import io.penstock.serialization.*;
            import java.nio.ByteBuffer;
            import java.time.*;
            import java.util.*;

            class Example%d {
                interface Source {
                    void requestNext();
                    void commit(long offset);
                }
                Producer<String, String> producer;
                ProducerRecord<String, String> record;
                Source source;
                Map<String, Object> settings;
                org.slf4j.Logger log;
                String orderId;
                String order;
                byte[] traceId;
                void saveForLater(ProducerRecord<String, String> record) {}

                void example() throws Exception {
            %s
                }
            }
            """;

    @Test
    void examples_compile(@TempDir Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String room : List.of("producer", "serialization", "errors")) {
            try (Stream<Path> files = Files.list(Path.of("src/main/java/io/penstock", room))) {
                for (Path file : files.sorted().toList()) {
                    collect(Files.readString(file), folder, sources);
                }
            }
        }
        assertThat(sources).hasSizeGreaterThan(6);

        List<String> arguments = new ArrayList<>(
                List.of("-d", folder.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none"));
        sources.forEach(source -> arguments.add(source.toString()));
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        int status = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(new String[0]));
        assertThat(status).as(messages.toString()).isZero();
    }

    private static void collect(String text, Path folder, List<Path> sources) throws IOException {
        Matcher matcher = EXAMPLE.matcher(text);
        while (matcher.find()) {
            String example = matcher.group(1).replaceAll("(?m)^ +\\* ?", "");
            int number = sources.size();
            Path file = folder.resolve("Example" + number + ".java");
            sources.add(Files.writeString(file, SURROUNDINGS.formatted(number, example)));
        }
    }
}
