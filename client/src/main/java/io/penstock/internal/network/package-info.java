/**
 * Connections to brokers: transport, framing, the handshake, requests in flight. Runs on the loop; knows nothing of
 * records.
 */
@NullMarked
package io.penstock.internal.network;

import org.jspecify.annotations.NullMarked;
