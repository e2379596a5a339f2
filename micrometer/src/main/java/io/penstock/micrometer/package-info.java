/** A producer's metrics in Micrometer. */
@NullMarked
package io.penstock.micrometer;

import org.jspecify.annotations.NullMarked;
