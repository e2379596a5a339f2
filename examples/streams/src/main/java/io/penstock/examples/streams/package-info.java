/** A Streams topology, and the one class by which it uses Penstock. */
@NullMarked
package io.penstock.examples.streams;

import org.jspecify.annotations.NullMarked;
