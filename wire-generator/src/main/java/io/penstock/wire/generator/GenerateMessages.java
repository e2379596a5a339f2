package io.penstock.wire.generator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The build step that writes the message classes: {@code <output folder> <message>...}.
 *
 * <p>A message named {@code Produce} stands for {@code ProduceRequest} and {@code ProduceResponse}; the two headers and
 * {@code ApiKey} are always written. The schemas are taken from the class path, where the {@code kafka-clients} jar
 * puts them. Files that would not change are not touched, so that nothing is compiled again for them.
 */
public final class GenerateMessages {

    private GenerateMessages() {}

    public static void main(String[] args) throws IOException {
        List<String> names = new ArrayList<>(List.of("RequestHeader", "ResponseHeader"));
        for (String name : List.of(args).subList(1, args.length)) {
            names.add(name + "Request");
            names.add(name + "Response");
        }
        Path folder = Files.createDirectories(Path.of(args[0]).resolve(MessageEmitter.PACKAGE.replace('.', '/')));
        List<MessageSchema> schemas = new ArrayList<>();
        for (String name : names) {
            MessageSchema schema = read(name);
            schemas.add(schema);
            write(folder.resolve(name + ".java"), MessageEmitter.emit(schema));
        }
        write(folder.resolve("ApiKey.java"), ApiKeyEmitter.emit(schemas));
    }

    /** The schema called {@code name} on the class path. */
    static MessageSchema read(String name) throws IOException {
        String resource = "/common/message/" + name + ".json";
        try (InputStream file = GenerateMessages.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new SchemaException(resource + " is not on the class path: is kafka-clients?");
            }
            return SchemaReader.read(file);
        }
    }

    private static void write(Path file, String source) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
