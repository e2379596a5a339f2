package io.penstock.producer;

/**
 * Is told which cluster the producer writes to; for a {@link io.penstock.serialization.Serializer}, {@link ProducerInterceptor} or
 * {@link MetricsReporter} that implements this interface as well.
 */
public interface ClusterResourceListener {

    /**
     * After each answer of the cluster about itself, on the producer's callback thread; what it throws is logged and goes no further.
     * The first call may come after the first {@code send} has used the object.
     */
    void onUpdate(ClusterResource clusterResource);
}
