package io.penstock.internal.config;

/** When the producer asks who leads what. */
public record MetadataSettings(
        long maxAgeNanos,
        long maxIdleNanos,
        long retryBackoffNanos,
        long retryBackoffMaxNanos,
        boolean rebootstrap,
        long rebootstrapTriggerNanos,
        boolean clusterCheck) {

    static MetadataSettings from(ConfigValues values, DeliverySettings delivery) {
        boolean rebootstrap = values.text("metadata.recovery.strategy").equalsIgnoreCase("rebootstrap");
        return new MetadataSettings(
                values.nanos("metadata.max.age.ms"),
                values.nanos("metadata.max.idle.ms"),
                delivery.retryBackoffNanos(),
                delivery.retryBackoffMaxNanos(),
                rebootstrap,
                values.nanos("metadata.recovery.rebootstrap.trigger.ms"),
                // who may not go back to the bootstrap servers could do nothing about a wrong broker
                rebootstrap && values.flag("metadata.cluster.check.enable"));
    }
}
