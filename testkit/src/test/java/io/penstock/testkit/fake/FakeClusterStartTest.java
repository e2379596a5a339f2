package io.penstock.testkit.fake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the first start of a JVM takes is the loading of classes, so this watches which those are; times are {@link FakeClusterStartUp}'s affair.
 *
 * <p>Prevents that a start waits again for what only a client needs: the search of the class path for a logging library took 60 ms,
 * lambdas a few milliseconds each until the JVM is warm, handlers and authentication the rest of 190.
 */
@Timeout(180)
class FakeClusterStartTest {

    @Test
    void firstStart_loadsNothingThatOnlyClientsNeed() throws IOException {
        String log = FakeClusterStartUp.printed(List.of("-Xlog:class+load:stdout:none"), "small");
        int started = log.indexOf("FirstStart$Started");

        assertThat(started).as("where the start ended, in %s", log).isPositive();
        List<String> loaded = log.substring(0, started).lines().toList();

        assertThat(loaded).anyMatch(line -> line.startsWith(SocketHost.class.getName()));
        assertThat(loaded)
                .noneMatch(line -> line.startsWith("org.slf4j."))
                .noneMatch(line -> line.startsWith("org.apache."))
                .noneMatch(line -> line.startsWith("javax.net.ssl."))
                .noneMatch(line -> line.startsWith("io.penstock.") && line.contains("$$Lambda"))
                .noneMatch(line -> line.startsWith("io.penstock.testkit.fake.Scram"))
                .noneMatch(line -> line.startsWith(SaslBook.class.getName()))
                .noneMatch(line -> line.startsWith(ApiHandler.class.getName()));
    }
}
