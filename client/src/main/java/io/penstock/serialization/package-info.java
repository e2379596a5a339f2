/**
 * From keys and values to bytes: the interface, and the usual serializers, which write exactly what Kafka's of the same names write.
 *
 * <p>A program that used {@code org.apache.kafka.common.serialization} changes its imports to this package.
 */
@NullMarked
package io.penstock.serialization;

import org.jspecify.annotations.NullMarked;
