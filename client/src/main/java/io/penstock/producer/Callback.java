package io.penstock.producer;

/** placeholder of the skeleton */
public interface Callback {}
