package io.penstock.testkit.fire;

/**
 * How a proxy passes bytes on.
 *
 * @param refuses new connections are closed at once
 * @param holdsRequests nothing goes to the broker
 * @param holdsAnswers nothing comes back
 * @param bytesPerSecond each way, 0 for as fast as it goes
 */
record Weather(boolean refuses, boolean holdsRequests, boolean holdsAnswers, int bytesPerSecond) {
    static final Weather FINE = new Weather(false, false, false, 0);
    static final Weather REFUSING = new Weather(true, false, false, 0);
    static final Weather SILENT = new Weather(false, true, true, 0);
    static final Weather ANSWERS_HELD = new Weather(false, false, true, 0);

    static Weather slow(int bytesPerSecond) {
        return new Weather(false, false, false, bytesPerSecond);
    }
}
