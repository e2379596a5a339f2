package io.penstock.testkit.fake;

import org.jspecify.annotations.Nullable;

/**
 * What a group has committed for one partition. Immutable.
 *
 * @param leaderEpoch -1 when the client said none
 */
public record CommittedOffset(
        long offset, int leaderEpoch, @Nullable String metadata) {}
