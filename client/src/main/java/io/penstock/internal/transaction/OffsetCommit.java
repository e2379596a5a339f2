package io.penstock.internal.transaction;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code sendOffsetsToTransaction}: positions of a group, on behalf of a member (KIP-447).
 *
 * @param generation -1 without a member
 * @param memberId empty without a member
 * @param instanceId of a static member
 * @param done completed on the loop
 */
public record OffsetCommit(
        String groupId,
        int generation,
        String memberId,
        @Nullable String instanceId,
        List<Position> positions,
        CompletableFuture<Void> done) {

    /** @param leaderEpoch -1 when not known */
    public record Position(
            String topic,
            int partition,
            long offset,
            int leaderEpoch,
            @Nullable String metadata) {}
}
