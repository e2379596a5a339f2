package io.penstock.internal.transaction;

/** A partition, as coordinators are told of it. */
public record TxnPartition(String topic, int partition) {

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
