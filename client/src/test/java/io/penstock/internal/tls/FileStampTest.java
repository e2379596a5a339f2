package io.penstock.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way in which a file of certificates is replaced shows. */
class FileStampTest {

    @TempDir
    Path dir;

    @Test
    void of_unchangedFile_isEqualAndNotEmpty() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "one");

        assertThat(FileStamp.of(file)).isEqualTo(FileStamp.of(file));
        assertThat(FileStamp.of(file).attributes()).containsKeys("size", "lastModifiedTime");
        assertThat(FileStamp.of(dir.resolve("missing"))).isNotEqualTo(FileStamp.of(file));
    }

    @Test
    void of_fileReplacedByOneOfTheSameSizeAndTime_differs() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "one");
        FileTime time = Files.getLastModifiedTime(file);
        FileStamp before = FileStamp.of(file);
        Path other = Files.writeString(dir.resolve("other"), "two");
        Files.setLastModifiedTime(other, time);

        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void of_fileBehindALinkThatIsSwapped_differs() throws Exception {
        for (String name : new String[] {"a", "b"}) {
            Files.createDirectory(dir.resolve(name));
            Files.writeString(dir.resolve(name).resolve("file"), name);
        }
        Path link = Files.createSymbolicLink(dir.resolve("link"), dir.resolve("a"));
        FileStamp before = FileStamp.of(link.resolve("file"));
        Path next = Files.createSymbolicLink(dir.resolve("next"), dir.resolve("b"));

        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);

        assertThat(FileStamp.of(link.resolve("file"))).isNotEqualTo(before);
    }
}
