/** Single steps of a record's way, measured with JMH: {@code benchmarks/run jmh}. */
@NullMarked
package io.penstock.benchmarks.pieces;

import org.jspecify.annotations.NullMarked;
