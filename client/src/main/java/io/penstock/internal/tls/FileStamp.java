package io.penstock.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a file looks like from outside: two that differ mean that it was written, replaced, or that a link on the way to it points
 * elsewhere. Immutable.
 *
 * <p>One system call, which follows links. The time of the last change of its status is part of it where there is one: a copy that
 * keeps the time of its contents shows there only.
 *
 * @param attributes times, size and the file's number on its device; empty when it cannot be looked at
 */
record FileStamp(Map<String, Object> attributes) {

    private static final String UNIX = "unix:size,lastModifiedTime,ctime,fileKey";
    private static final String ANY = "size,lastModifiedTime,creationTime,fileKey";

    static FileStamp of(Path file) {
        try {
            boolean unix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
            return new FileStamp(present(Files.readAttributes(file, unix ? UNIX : ANY)));
        } catch (IOException | SecurityException e) {
            return new FileStamp(Map.of());
        }
    }

    /** Not every file system has all of them. */
    private static Map<String, Object> present(Map<String, @Nullable Object> attributes) {
        Map<String, Object> present = new HashMap<>();
        attributes.forEach((name, value) -> {
            if (value != null) {
                present.put(name, value);
            }
        });
        return Map.copyOf(present);
    }
}
