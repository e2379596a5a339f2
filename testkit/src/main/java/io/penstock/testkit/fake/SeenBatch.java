package io.penstock.testkit.fake;

/**
 * A batch that came in a Produce request, stored or not.
 *
 * @param topic empty when the request named an id that no topic has
 * @param recordCount as the batch's header says, -1 when there is no readable header
 */
public record SeenBatch(
        String topic,
        int partition,
        int sizeBytes,
        int recordCount,
        long producerId,
        short producerEpoch,
        int baseSequence) {}
