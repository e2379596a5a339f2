/** What the producer counts about itself, written where it happens and computed where it is read. */
@NullMarked
package io.penstock.internal.metrics;

import org.jspecify.annotations.NullMarked;
