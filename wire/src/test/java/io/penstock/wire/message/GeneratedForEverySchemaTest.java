package io.penstock.wire.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.wire.WireReader;
import io.penstock.wire.WireWriter;
import io.penstock.wire.generator.GenerateMessages;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.types.Schema;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The generator against all of Kafka's messages, not only those that Penstock ships.
 *
 * <p>They use what ours do not yet: structures that may be null, wide unsigned numbers, tags of every type. So the next
 * message that is needed, or the next Kafka release, is a line in the pom and no surprise.
 */
class GeneratedForEverySchemaTest {

    private static final int ROUNDS = 5;

    @TempDir
    private static Path folder;

    private static URLClassLoader generated;

    static Stream<ApiMessageType> types() {
        return Stream.of(ApiMessageType.values())
                .filter(type -> type.lowestSupportedVersion() <= type.highestSupportedVersion(true));
    }

    @BeforeAll
    static void generateAndCompile() throws Exception {
        Path sources = folder.resolve("sources");
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of(sources.toString()));
        types().forEach(type -> arguments.add(type.name));
        GenerateMessages.main(arguments.toArray(new String[0]));

        List<String> compile = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp"));
        compile.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (Stream<Path> files = Files.walk(sources)) {
            files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(compile::add);
        }
        int status =
                ToolProvider.getSystemJavaCompiler().run(null, System.out, System.err, compile.toArray(new String[0]));
        assertThat(status).as("javac's exit status").isZero();
        generated = new MessagesFirst(
                classes.toUri().toURL(),
                Message.class.getProtectionDomain().getCodeSource().getLocation());
    }

    @AfterAll
    static void close() throws Exception {
        if (generated != null) {
            generated.close();
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void bytesAndContent_areApaches(ApiMessageType type) throws Exception {
        for (short v = type.lowestSupportedVersion(); v <= type.highestSupportedVersion(true); v++) {
            for (int round = 0; round < ROUNDS; round++) {
                compare(type.name + "Request", v, type.newRequest(), type.requestSchemas()[v], round);
                compare(type.name + "Response", v, type.newResponse(), type.responseSchemas()[v], round);
            }
        }
    }

    private static void compare(
            String name, short version, org.apache.kafka.common.protocol.Message apaches, Schema schema, int seed)
            throws Exception {
        String what = name + " v" + version + ", seed " + seed;
        Class<?> type = generated.loadClass("io.penstock.wire.message." + name);
        Map<String, Object> tree = FieldTree.random(schema, new Random(seed));
        FieldBinder.fill(apaches, tree);
        Object ours = FieldBinder.fill(type.getConstructor().newInstance(), tree);
        WireWriter writer = new WireWriter();
        type.getMethod("write", WireWriter.class, short.class).invoke(ours, writer, version);
        ByteBuffer bytes = writer.toContiguous();

        assertThat(bytes).as(what).isEqualTo(MessageCase.write(apaches, version));
        Object read = type.getConstructor().newInstance();
        type.getMethod("read", WireReader.class, short.class).invoke(read, new WireReader(bytes), version);
        assertThat(FieldBinder.extract(read, schema)).as(what).isEqualTo(FieldBinder.extract(apaches, schema));
    }

    /** Takes the message package from its own folders, also what the tests' class path has under the same name. */
    private static final class MessagesFirst extends URLClassLoader {

        MessagesFirst(URL... folders) {
            super(folders, GeneratedForEverySchemaTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> known = findLoadedClass(name);
                if (known != null) {
                    return known;
                }
                return name.startsWith("io.penstock.wire.message.") ? findClass(name) : super.loadClass(name, resolve);
            }
        }
    }
}
