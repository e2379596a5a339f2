/** What users and we test with: real and fake Kafka clusters. */
module io.penstock.testkit {
    requires static org.jspecify;
    requires transitive io.penstock.client;
    requires transitive io.penstock.wire;
    requires java.management;
    requires org.slf4j;
    // Only for those who use the extension and the assertions.
    requires static org.junit.jupiter.api;
    requires static org.assertj.core;

    exports io.penstock.testkit;
    exports io.penstock.testkit.assertion;
    exports io.penstock.testkit.fake;
    exports io.penstock.testkit.junit;
    exports io.penstock.testkit.mock;
    exports io.penstock.testkit.sim;
}
