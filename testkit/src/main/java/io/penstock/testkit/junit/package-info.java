/** The fake cluster as a JUnit 5 extension: {@link io.penstock.testkit.junit.FakeKafka} is the way in. Needs junit-jupiter-api. */
@NullMarked
package io.penstock.testkit.junit;

import org.jspecify.annotations.NullMarked;
