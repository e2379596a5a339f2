package io.penstock.kafka.internal;

import io.penstock.producer.Cluster;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.apache.kafka.clients.producer.Partitioner;
import org.jspecify.annotations.Nullable;

/** A partitioner that hears of new batches, as there were until {@code kafka-clients} 3.9. */
public final class BatchwisePartitioner extends BridgedPartitioner {

    private static final @Nullable MethodHandle ON_NEW_BATCH = find();

    private static @Nullable MethodHandle find() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(
                            Partitioner.class,
                            "onNewBatch",
                            MethodType.methodType(
                                    void.class, String.class, org.apache.kafka.common.Cluster.class, int.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null; // gone since 4.0
        }
    }

    /** Whether it is one that does something then. */
    static boolean fits(Partitioner partitioner) {
        try {
            return ON_NEW_BATCH != null
                    && partitioner
                                    .getClass()
                                    .getMethod(
                                            "onNewBatch",
                                            String.class,
                                            org.apache.kafka.common.Cluster.class,
                                            int.class)
                                    .getDeclaringClass()
                            != Partitioner.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }

    @Override
    public void onNewBatch(String topic, Cluster cluster, int prevPartition) {
        MethodHandle call = ON_NEW_BATCH;
        if (call == null) {
            return;
        }
        try {
            call.invoke(partitioner(), topic, translate(cluster), prevPartition);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
