package io.penstock.wire.generator;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The build step that writes the message classes: {@code <output folder> [--into <package>] <message>...}.
 *
 * <p>A message named {@code Produce} stands for {@code ProduceRequest} and {@code ProduceResponse}; the two headers and
 * {@code ApiKey} are written with them. Those for another package are messages and nothing else. The schemas are taken from the class path, where the {@code kafka-clients} jar
 * puts them. Files that would not change are not touched, so that nothing is compiled again for them; those of messages
 * that are not asked for any more are deleted.
 */
public final class GenerateMessages {

    private static final String API_KEY = "ApiKey";

    private GenerateMessages() {}

    public static void main(String[] args) throws IOException {
        Path sources = Path.of(args[0]);
        if (args.length > 2 && args[1].equals("--into")) {
            List<String> names = pairs(List.of(args).subList(3, args.length));
            messages(sources, args[2], names);
            removeAllBut(names, folder(sources, args[2]));
            return;
        }
        List<String> names = new ArrayList<>(List.of("RequestHeader", "ResponseHeader"));
        names.addAll(pairs(List.of(args).subList(1, args.length)));
        List<MessageSchema> schemas = messages(sources, MessageEmitter.PACKAGE, names);
        Path folder = folder(sources, MessageEmitter.PACKAGE);
        write(folder.resolve(API_KEY + ".java"), ApiKeyEmitter.emit(schemas));
        names.add(API_KEY);
        removeAllBut(names, folder);
    }

    private static List<String> pairs(List<String> messages) {
        return messages.stream()
                .flatMap(name -> Stream.of(name + "Request", name + "Response"))
                .toList();
    }

    private static List<MessageSchema> messages(Path sources, String packageName, List<String> names)
            throws IOException {
        Path folder = folder(sources, packageName);
        List<MessageSchema> schemas = new ArrayList<>();
        for (String name : names) {
            MessageSchema schema = read(name);
            schemas.add(schema);
            write(folder.resolve(name + ".java"), MessageEmitter.emit(schema, packageName));
        }
        return schemas;
    }

    private static Path folder(Path sources, String packageName) throws IOException {
        return Files.createDirectories(sources.resolve(packageName.replace('.', '/')));
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

    /** What an earlier build wrote and this one does not would be compiled with it, and perhaps no longer can be. */
    private static void removeAllBut(List<String> names, Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.java")) {
            for (Path file : files) {
                if (!names.contains(file.getFileName().toString().replace(".java", ""))) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void write(Path file, String source) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(source)) {
            Files.writeString(file, source);
        }
    }
}
