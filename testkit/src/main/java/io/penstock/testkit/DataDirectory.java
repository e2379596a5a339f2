package io.penstock.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an embedded cluster: a lock file, and one directory for each node.
 *
 * <p>Owned by one {@link EmbeddedKafka}. While it is open no other one, in this or another JVM, can open it.
 */
final class DataDirectory implements AutoCloseable {
    private static final int MAX_TRIES = 100;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path root;
    private final boolean temporary;
    private final FileChannel lock;

    private DataDirectory(Path root, boolean temporary, FileChannel lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** Opens the given directory, creating it when missing, or a new temporary one. */
    static DataDirectory open(@Nullable Path given) {
        Path root = given == null ? createTemporary() : given.toAbsolutePath();
        try {
            Files.createDirectories(root);
            return new DataDirectory(root, given == null, lock(root));
        } catch (FileAlreadyExistsException e) {
            throw unusable(root, "it is not a directory", e);
        } catch (AccessDeniedException e) {
            throw unusable(root, "permission denied", e);
        } catch (NoSuchFileException e) {
            throw unusable(root, "it cannot be created there", e);
        } catch (FileSystemException e) {
            String reason = e.getReason();
            throw unusable(root, reason == null ? e.getClass().getSimpleName() : reason, e);
        } catch (IOException e) {
            throw unusable(root, String.valueOf(e.getMessage()), e);
        }
    }

    private static Path createTemporary() {
        try {
            return Files.createTempDirectory("penstock-kafka-");
        } catch (IOException e) {
            throw new EmbeddedKafkaException(
                    "cannot create a temporary directory for the broker under " + System.getProperty("java.io.tmpdir")
                            + ": " + e.getMessage() + "; free some space there, or give a data directory",
                    e);
        }
    }

    private static FileChannel lock(Path root) throws IOException {
        FileChannel channel =
                FileChannel.open(root.resolve("embedded.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
            if (locked) {
                channel.write(ByteBuffer.wrap(new byte[] {'\n'}), 0);
            }
        } catch (OverlappingFileLockException e) {
            locked = false;
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw new EmbeddedKafkaException("the data directory " + root
                    + " is in use by another embedded broker: stop that one, or give another directory");
        }
        return channel;
    }

    private static EmbeddedKafkaException unusable(Path root, String reason, Throwable cause) {
        return new EmbeddedKafkaException(
                "cannot use " + root + " as data directory: " + reason
                        + "; give a directory that this user may write to, or one that can be created",
                cause);
    }

    Path root() {
        return root;
    }

    Path node(int id) {
        return root.resolve("node-" + id);
    }

    /** The id that node 0 was formatted with, or a new one. */
    String clusterId() {
        Path stored = node(0).resolve("meta.properties");
        if (Files.exists(stored)) {
            Properties properties = new Properties();
            try (InputStream in = Files.newInputStream(stored)) {
                properties.load(in);
            } catch (IOException e) {
                throw unusable(root, "cannot read " + stored + ": " + e.getMessage(), e);
            }
            String id = properties.getProperty("cluster.id");
            if (id != null && !id.isBlank()) {
                return id;
            }
        }
        return newClusterId();
    }

    private static String newClusterId() {
        // Kafka takes an id that starts with a dash for an option.
        while (true) {
            UUID random = UUID.randomUUID();
            ByteBuffer bytes = ByteBuffer.allocate(16)
                    .putLong(random.getMostSignificantBits())
                    .putLong(random.getLeastSignificantBits());
            String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
            if (!id.startsWith("-")) {
                return id;
            }
        }
    }

    /** Gives up the lock; deletes a temporary directory as far as the file system lets it. */
    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            // Nothing was written through it that could be lost.
        }
        if (temporary) {
            delete();
        }
    }

    /** Threads of a stopping broker may still create and delete files for a moment, which costs a try. */
    private void delete() {
        for (int tries = 0; tries < MAX_TRIES && !isDeleted(); tries++) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isDeleted() {
        try (Stream<Path> walk = Files.walk(root)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (IOException | UncheckedIOException e) {
            return Files.notExists(root);
        }
    }
}
