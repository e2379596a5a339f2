package io.penstock.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One source of lines: a file, or standard input. All are looked at before anything is sent. */
record Input(String name, @Nullable Path file, long sizeBytes) {
    private static final String STANDARD_INPUT = "-";
    private static final long UNKNOWN = -1;

    /** Standard input when nothing is named. */
    static List<Input> of(List<String> names) {
        if (names.isEmpty()) {
            return List.of(standardInput());
        }
        List<Input> inputs = new ArrayList<>();
        for (String name : names) {
            inputs.add(name.equals(STANDARD_INPUT) ? standardInput() : file(name));
        }
        return inputs;
    }

    private static Input standardInput() {
        return new Input("standard input", null, UNKNOWN);
    }

    private static Input file(String name) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new CliException("\"" + name + "\" cannot be a file's name: " + e.getReason());
        }
        if (!Files.exists(path)) {
            throw new CliException("no file " + name + ": check the name, or leave it out to read standard input");
        }
        if (Files.isDirectory(path)) {
            throw new CliException(name + " is a directory: name the files in it, as in " + name + "/*");
        }
        if (!Files.isReadable(path)) {
            throw new CliException("cannot read " + name + ": permission denied");
        }
        try {
            return new Input(name, path, Files.isRegularFile(path) ? Files.size(path) : UNKNOWN);
        } catch (IOException e) {
            throw new CliException("cannot read " + name + ": " + e.getMessage());
        }
    }

    InputStream open(InputStream standardInput) throws IOException {
        return file == null ? standardInput : new FileInputStream(file.toFile());
    }

    /** The size of all together, or -1 when one of them has none. */
    static long totalBytes(List<Input> inputs) {
        long total = 0;
        for (Input input : inputs) {
            if (input.sizeBytes < 0) {
                return UNKNOWN;
            }
            total += input.sizeBytes;
        }
        return total;
    }
}
