package io.penstock.internal.engine;

/**
 * What an engine's queues hold at one moment, for whoever checks that they stay within bounds and become empty.
 *
 * @param mailCount tasks posted to the loop and not run
 * @param timerCount timers scheduled
 * @param topicWaiterCount waits for a topic's metadata
 * @param waitingBytes of records in the waiting line
 */
public record EngineSizes(int mailCount, int timerCount, int topicWaiterCount, long waitingBytes) {}
