package io.penstock.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.errors.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapServersTest {
    @Test
    void parse_takesNamesAddressesAndBrackets() {
        assertThat(BootstrapServers.parse(List.of(
                        "broker-1.example.org:9092",
                        "10.0.0.1:1",
                        "[::1]:65535",
                        "PLAINTEXT://a_b:2",
                        "[fe80::1%eth0]:9")))
                .containsExactly(
                        new HostPort("broker-1.example.org", 9092),
                        new HostPort("10.0.0.1", 1),
                        new HostPort("::1", 65_535),
                        new HostPort("a_b", 2),
                        new HostPort("fe80::1%eth0", 9));
    }

    @Test
    void parse_whenAServerComesTwice_keepsOne() {
        assertThat(BootstrapServers.parse(List.of("a:1", "b:2", "PLAINTEXT://a:1")))
                .containsExactly(new HostPort("a", 1), new HostPort("b", 2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    localhost         | has no port
                    localhost:        | has no port
                    [::1]             | has no port
                    :9092             | has no host
                    []:9092           | has a character
                    ::1:9092          | stands in brackets
                    localhost:0       | from 1 to 65535
                    localhost:65536   | from 1 to 65535
                    localhost:123456  | from 1 to 65535
                    localhost:kafka   | has the port kafka
                    localhost:+9      | has the port
                    a b:9092          | has a character
                    http://x:80       | is a URL
                    SSL://x:9093      | PLAINTEXT only
                    """)
    void parse_whenSomethingIsWrong_saysWhatAndWhere(String server, String what) {
        assertThatThrownBy(() -> BootstrapServers.parse(List.of("fine:1", server)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(server)
                .hasMessageContaining(what);
    }

    @Test
    void parse_whenEmpty_refuses() {
        assertThatThrownBy(() -> BootstrapServers.parse(List.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is empty");
    }

    @Test
    void hostPort_isWrittenAsItIsRead() {
        assertThat(new HostPort("::1", 9092)).hasToString("[::1]:9092");
        assertThat(new HostPort("a", 1)).hasToString("a:1");
    }
}
