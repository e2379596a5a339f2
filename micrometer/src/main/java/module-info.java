/** A producer's metrics in Micrometer. */
module io.penstock.micrometer {
    requires static org.jspecify;
    requires transitive io.penstock.client;
    requires transitive micrometer.core;

    exports io.penstock.micrometer;
}
