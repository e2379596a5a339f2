/** The producer's metrics for the brokers that ask for them (KIP-714). */
@NullMarked
package io.penstock.internal.telemetry;

import org.jspecify.annotations.NullMarked;
