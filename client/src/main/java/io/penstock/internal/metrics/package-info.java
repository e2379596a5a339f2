/** Counters and gauges behind one class. */
@NullMarked
package io.penstock.internal.metrics;

import org.jspecify.annotations.NullMarked;
