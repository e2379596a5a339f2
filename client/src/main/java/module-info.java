/** The Penstock producer. */
module io.penstock.client {
    requires static org.jspecify;
    requires io.penstock.wire;
    requires java.management;
    requires org.slf4j;
    requires org.jctools.core;
    requires java.security.jgss;
    requires transitive java.security.sasl;

    exports io.penstock.errors;
    exports io.penstock.producer;
    exports io.penstock.security;
    exports io.penstock.serialization;

    // For the simulator, which runs the engine on virtual time.
    exports io.penstock.internal.accumulator to
            io.penstock.testkit;
    exports io.penstock.internal.admission to
            io.penstock.testkit;
    exports io.penstock.internal.cluster to
            io.penstock.testkit;
    exports io.penstock.internal.completion to
            io.penstock.testkit;
    exports io.penstock.internal.config to
            io.penstock.testkit;
    exports io.penstock.internal.engine to
            io.penstock.testkit;
    exports io.penstock.internal.identity to
            io.penstock.testkit;
    exports io.penstock.internal.loop to
            io.penstock.testkit;
    exports io.penstock.internal.network to
            io.penstock.testkit;
    exports io.penstock.internal.sender to
            io.penstock.testkit;
    exports io.penstock.internal.transaction to
            io.penstock.testkit;

    uses io.penstock.security.OAuthBearerLoginProvider;
}
