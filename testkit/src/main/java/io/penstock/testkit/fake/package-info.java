/**
 * A Kafka cluster that is not there: brokers that speak the protocol, judge what they are sent as real ones do, and fail on
 * demand.
 *
 * <p>{@link io.penstock.testkit.fake.FakeCluster} is the way in. One lock guards the whole cluster; handlers know neither
 * threads nor clocks nor sockets, which {@link io.penstock.testkit.fake.FakeHost} brings.
 */
@NullMarked
package io.penstock.testkit.fake;

import org.jspecify.annotations.NullMarked;
