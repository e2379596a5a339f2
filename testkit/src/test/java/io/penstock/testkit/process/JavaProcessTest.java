package io.penstock.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prevents brokers that stay behind when a soak, or the build that runs it, is killed. */
public class JavaProcessTest {

    @Test
    void parentIsKilled_childEnds(@TempDir Path folder) throws Exception {
        Path pidFile = folder.resolve("pid");
        JavaProcess parent = JavaProcess.start(
                "parent",
                System.getProperty("java.class.path"),
                List.of(),
                List.of(Parent.class.getName(), pidFile.toString()),
                folder.resolve("parent.log"));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!Files.exists(pidFile)) {
            assertThat(parent.isAlive()).as(parent.lastWords()).isTrue();
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(20);
        }
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(child.isAlive()).isTrue();
        parent.kill();
        child.onExit().get(60, TimeUnit.SECONDS);
        assertThat(parent.endsWithin(Duration.ZERO)).isTrue();
    }

    /** Starts a child that would live for ever, and tells its process id. */
    public static final class Parent {
        public static void main(String[] arguments) throws Exception {
            Path pidFile = Path.of(arguments[0]);
            JavaProcess child = JavaProcess.start(
                    "child",
                    System.getProperty("java.class.path"),
                    List.of(),
                    List.of(Child.class.getName()),
                    pidFile.resolveSibling("child.log"));
            Path unfinished = Files.writeString(pidFile.resolveSibling("unfinished"), Long.toString(child.pid()));
            Files.move(unfinished, pidFile);
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    /** Does nothing, for ever. */
    public static final class Child {
        public static void main(String[] arguments) throws Exception {
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
