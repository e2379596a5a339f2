/**
 * TLS over any transport: records and handshakes on the loop, certificates and key files on other threads.
 *
 * <p>Only the engine's composition root knows this package; the room {@code network} sees a transport like any other.
 */
@NullMarked
package io.penstock.internal.tls;

import org.jspecify.annotations.NullMarked;
