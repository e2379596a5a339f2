package io.penstock.testkit;

import java.util.Map;

/**
 * What a node's storage is formatted with.
 *
 * @param features levels of cluster-wide features; the newest for those not named
 */
record NodeIdentity(String clusterId, Map<String, Short> features) {}
