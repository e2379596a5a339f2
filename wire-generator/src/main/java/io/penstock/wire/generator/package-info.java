/** Writes the message classes of the wire module from Kafka's own schemas. */
@NullMarked
package io.penstock.wire.generator;

import org.jspecify.annotations.NullMarked;
