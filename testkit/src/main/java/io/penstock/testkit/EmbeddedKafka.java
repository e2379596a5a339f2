package io.penstock.testkit;

/** placeholder of the skeleton */
public final class EmbeddedKafka {}
