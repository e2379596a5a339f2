package io.penstock.internal.sender;

import java.util.List;

/**
 * One produce request to be: batches of different partitions for one broker.
 *
 * @param nodeId the broker that leads all of them
 * @param acks 0, 1 or -1 for all in-sync replicas
 * @param timeoutMillis how long the broker may wait for its followers
 * @param batches at most one a partition
 * @param sizeBytes of all batches
 */
public record ProducePlan(int nodeId, short acks, int timeoutMillis, List<OutboundBatch> batches, int sizeBytes) {}
