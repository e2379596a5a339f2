package io.penstock.wire.compress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The codec libraries are optional: without them the rest works, and the error names what to add. */
class MissingCodecTest {

    @ParameterizedTest
    @CsvSource({"SNAPPY,org.xerial.snappy:snappy-java", "LZ4,at.yawk.lz4:lz4-java", "ZSTD,com.github.luben:zstd-jni"})
    void create_withoutTheLibrary_namesTheArtifact(String type, String artifact) throws Exception {
        try (URLClassLoader alone = loaderWithoutCodecs()) {
            for (String method : new String[] {"create", "createDecompressor"}) {
                assertThatThrownBy(() -> call(alone, method, type))
                        .isInstanceOf(InvocationTargetException.class)
                        .cause()
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("needs the artifact " + artifact);
            }
        }
    }

    @Test
    void gzip_needsNoLibrary() throws Exception {
        try (URLClassLoader alone = loaderWithoutCodecs()) {
            assertThat(call(alone, "create", "GZIP")).isInstanceOf(AutoCloseable.class);
        }
    }

    private static URLClassLoader loaderWithoutCodecs() {
        URL classes = Compressors.class.getProtectionDomain().getCodeSource().getLocation();
        return new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader());
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Object call(ClassLoader loader, String method, String type) throws Exception {
        Class<?> types = loader.loadClass(CompressionType.class.getName());
        Class<?> compressors = loader.loadClass(Compressors.class.getName());
        return compressors.getMethod(method, types).invoke(null, Enum.valueOf((Class) types, type));
    }
}
