package io.penstock.producer;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who commits offsets in a transaction: take it from the consumer ({@code consumer.groupMetadata()}), so that a member which lost
 * its partitions is refused (KIP-447). Immutable.
 */
public class ConsumerGroupMetadata {
    private static final int UNKNOWN_GENERATION_ID = -1;
    private static final String UNKNOWN_MEMBER_ID = "";

    private final String groupId;
    private final int generationId;
    private final String memberId;
    private final Optional<String> groupInstanceId;

    public ConsumerGroupMetadata(String groupId, int generationId, String memberId, Optional<String> groupInstanceId) {
        this.groupId = Objects.requireNonNull(groupId, "group.id can't be null");
        this.generationId = generationId;
        this.memberId = Objects.requireNonNull(memberId, "member.id can't be null");
        this.groupInstanceId = Objects.requireNonNull(groupInstanceId, "group.instance.id can't be null");
    }

    /** A group without a member: the broker then cannot refuse a member that lost its partitions. */
    public ConsumerGroupMetadata(String groupId) {
        this(groupId, UNKNOWN_GENERATION_ID, UNKNOWN_MEMBER_ID, Optional.empty());
    }

    public String groupId() {
        return groupId;
    }

    /** -1 without a member. */
    public int generationId() {
        return generationId;
    }

    /** Empty without a member. */
    public String memberId() {
        return memberId;
    }

    /** The static member's name, if it has one. */
    public Optional<String> groupInstanceId() {
        return groupInstanceId;
    }

    @Override
    public String toString() {
        return "GroupMetadata(groupId = " + groupId + ", generationId = " + generationId + ", memberId = " + memberId
                + ", groupInstanceId = " + groupInstanceId.orElse("") + ")";
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof ConsumerGroupMetadata that
                && generationId == that.generationId
                && groupId.equals(that.groupId)
                && memberId.equals(that.memberId)
                && groupInstanceId.equals(that.groupInstanceId);
    }

    @Override
    public int hashCode() {
        return Objects.hash(groupId, generationId, memberId, groupInstanceId);
    }
}
