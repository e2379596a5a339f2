package io.penstock.internal.tls;

import io.penstock.internal.config.StoreSettings;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was made of a key or trust store, made anew when its file has changed.
 *
 * <p>Guarded by the lock of its {@link StoreEngines}. Always holds something that works: what the first file gave, or a later one. A
 * changed file that is of no use is reported once, and looked at again when it has changed again.
 */
final class WatchedStore<T> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedStore.class);
    private static final FileStamp NO_FILE = new FileStamp(Map.of());

    /** Makes something of a store. */
    interface Maker<T> {
        T make(StoreSettings settings) throws IOException, GeneralSecurityException;
    }

    private final StoreSettings settings;
    private final Maker<T> maker;
    private final @Nullable Path file;
    private T current;
    private FileStamp seen;

    /** @throws IOException with a message that says what is wrong with which store */
    WatchedStore(StoreSettings settings, Maker<T> maker) throws IOException {
        this.settings = settings;
        this.maker = maker;
        String location = settings.location();
        this.file = location == null ? null : Path.of(location);
        this.seen = stamp();
        try {
            this.current = maker.make(settings);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            throw new IOException(
                    "the " + label() + " cannot be used: " + why(e) + "; check ssl." + settings.name() + ".*", e);
        }
    }

    T current() {
        return current;
    }

    /** Looks at the file, and loads it when it is another than before; true when there is something new. */
    boolean refresh() {
        if (file == null) {
            return false;
        }
        FileStamp now = stamp();
        if (now.equals(seen)) {
            return false;
        }
        seen = now; // from before it is read: what changes meanwhile is seen the next time
        try {
            current = maker.make(settings);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn(
                    "The {} has changed and cannot be used ({}); new connections go on with what was loaded before,"
                            + " until the file changes again",
                    label(),
                    why(e));
            return false;
        }
        LOG.info("The {} has changed and was loaded anew; connections made from now on use it", label());
        return true;
    }

    /** As it is called in messages, with where it comes from. */
    String label() {
        return settings.name().replace("store", " store") + (file == null ? " in the settings" : " " + file);
    }

    private FileStamp stamp() {
        return file == null ? NO_FILE : FileStamp.of(file);
    }

    /** The JDK's messages of these say what is wrong; of a file that is missing they only say its name. */
    private static String why(Exception e) {
        if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
            return "there is no such file";
        }
        return e instanceof AccessDeniedException ? "permission denied" : TlsFailures.message(e);
    }
}
