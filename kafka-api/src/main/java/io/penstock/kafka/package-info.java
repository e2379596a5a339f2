/** Penstock as a {@code org.apache.kafka.clients.producer.Producer}: one class to construct instead of another. */
@NullMarked
package io.penstock.kafka;

import org.jspecify.annotations.NullMarked;
