/** The producer, as its users see it. */
@NullMarked
package io.penstock.producer;

import org.jspecify.annotations.NullMarked;
