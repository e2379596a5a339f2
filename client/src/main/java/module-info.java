/** The Penstock producer. */
module io.penstock.client {
    requires static org.jspecify;
    requires io.penstock.wire;
    requires org.slf4j;
    requires org.jctools.core;

    exports io.penstock.errors;
    exports io.penstock.producer;
    exports io.penstock.serialization;
}
