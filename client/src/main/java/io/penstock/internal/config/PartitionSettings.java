package io.penstock.internal.config;

/**
 * How the built-in partitioner chooses.
 *
 * @param availabilityTimeoutNanos 0 for off
 * @param clientRack empty for none
 */
public record PartitionSettings(
        boolean ignoreKeys, boolean adaptive, long availabilityTimeoutNanos, boolean rackAware, String clientRack) {

    static PartitionSettings from(ConfigValues values) {
        return new PartitionSettings(
                values.flag("partitioner.ignore.keys"),
                values.flag("partitioner.adaptive.partitioning.enable"),
                values.nanos("partitioner.availability.timeout.ms"),
                values.flag("partitioner.rack.aware"),
                values.text("client.rack"));
    }
}
