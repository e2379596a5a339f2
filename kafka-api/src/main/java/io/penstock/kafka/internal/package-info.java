/** Translation between Apache's types and Penstock's, each way; nothing here decides anything. */
@NullMarked
package io.penstock.kafka.internal;

import org.jspecify.annotations.NullMarked;
