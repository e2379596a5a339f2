/** Penstock beside {@code kafka-clients}, at the same work. */
@NullMarked
package io.penstock.benchmarks;

import org.jspecify.annotations.NullMarked;
