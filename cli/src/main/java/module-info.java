/** The penstock command. */
module io.penstock.cli {
    requires static org.jspecify;
    requires io.penstock.client;
    requires io.penstock.testkit;
    requires info.picocli;
}
