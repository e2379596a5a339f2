/** The protocol's messages, generated from Kafka's own schemas, and what is common to them. */
@NullMarked
package io.penstock.wire.message;

import org.jspecify.annotations.NullMarked;
