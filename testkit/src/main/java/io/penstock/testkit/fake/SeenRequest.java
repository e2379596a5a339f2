package io.penstock.testkit.fake;

import io.penstock.wire.message.ApiKey;
import io.penstock.wire.message.Request;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that a broker of the fake cluster understood, whatever became of it then.
 *
 * @param connection a number that each connection to the cluster has for its own
 * @param sizeBytes without the four bytes of the frame's size
 * @param atNanos by the clock of the cluster's host
 * @param batches of a Produce request, in its order
 * @param message the request itself; null for Produce, whose bytes are not kept
 */
public record SeenRequest(
        int brokerId,
        long connection,
        ApiKey apiKey,
        short version,
        int correlationId,
        @Nullable String clientId,
        int sizeBytes,
        long atNanos,
        List<SeenBatch> batches,
        @Nullable Request message) {}
