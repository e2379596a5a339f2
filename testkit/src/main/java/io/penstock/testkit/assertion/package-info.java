/**
 * What a fake cluster should hold, in AssertJ's manner: {@link io.penstock.testkit.assertion.KafkaAssertions} is the way in. Needs
 * assertj-core.
 */
@NullMarked
package io.penstock.testkit.assertion;

import org.jspecify.annotations.NullMarked;
