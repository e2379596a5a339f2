/** The penstock command. */
module io.penstock.cli {
    requires static org.jspecify;
    requires io.penstock.client;
    requires io.penstock.testkit;
    requires info.picocli;
    requires org.slf4j;

    provides org.slf4j.spi.SLF4JServiceProvider with
            io.penstock.cli.TerminalLogging;

    opens io.penstock.cli to
            info.picocli;
}
