/** Penstock behind the producer interface of Apache's {@code kafka-clients}. */
module io.penstock.kafka {
    requires static org.jspecify;
    requires io.penstock.client;
    requires transitive kafka.clients;
    requires org.slf4j;

    uses io.penstock.security.OAuthBearerLoginProvider;

    exports io.penstock.kafka;
    // Penstock creates the two bridges that it is told of by class.
    exports io.penstock.kafka.internal to
            io.penstock.client;
}
