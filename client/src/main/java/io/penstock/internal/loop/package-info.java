/** The loop: one thread, its mailbox, its timers and the clock it reads. Knows nothing of Kafka. */
@NullMarked
package io.penstock.internal.loop;

import org.jspecify.annotations.NullMarked;
