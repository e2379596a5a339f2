/** A producer without a cluster, for unit tests of code that sends: {@link io.penstock.testkit.mock.MockProducer}. */
@NullMarked
package io.penstock.testkit.mock;

import org.jspecify.annotations.NullMarked;
