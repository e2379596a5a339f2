/** Measured pieces of the accumulator that only its own package can call. */
@NullMarked
package io.penstock.internal.accumulator;

import org.jspecify.annotations.NullMarked;
