package io.penstock.internal.network;

/** Gives each connection its meter. Called on the loop. */
@FunctionalInterface
public interface ConnectionMeters {

    ConnectionMeters NONE = nodeId -> ConnectionMeter.NONE;

    ConnectionMeter of(int nodeId);
}
