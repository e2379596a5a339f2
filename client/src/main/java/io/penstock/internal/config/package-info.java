/**
 * The settings of a producer: every key of Kafka's own, read once at construction into one self-validating record per concern.
 *
 * <p>{@link io.penstock.internal.config.ConfigKeys} is the table; a key that a later version honours changes there. Times leave this
 * room in nanoseconds, sizes in bytes.
 */
@NullMarked
package io.penstock.internal.config;

import org.jspecify.annotations.NullMarked;
