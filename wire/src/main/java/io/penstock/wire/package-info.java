/** Kafka's bytes: primitives and errors. */
@NullMarked
package io.penstock.wire;

import org.jspecify.annotations.NullMarked;
