package io.penstock.internal.accumulator;

/** Makes the listener of a new queue; called by the first caller that needs the partition. */
@FunctionalInterface
public interface ReadyListeners {
    ReadyListener listenerFor(TopicQueues topic, PartitionQueue queue);
}
