package io.penstock.testkit.fake;

import io.penstock.producer.TopicPartition;
import java.util.Set;

/**
 * What the coordinator knows of a transactional id at one time. Immutable.
 *
 * @param producerEpoch -1 until the first InitProducerId is done
 * @param timeoutMs {@link Integer#MAX_VALUE} for two-phase commit, which has none
 * @param partitions those in the transaction that have no marker yet; groups by their partition of {@code __consumer_offsets}
 * @param coordinatorId the broker that coordinates it, -1 when none is up
 */
public record TransactionView(
        String transactionalId,
        long producerId,
        short producerEpoch,
        TransactionState state,
        int timeoutMs,
        Set<TopicPartition> partitions,
        int coordinatorId) {}
