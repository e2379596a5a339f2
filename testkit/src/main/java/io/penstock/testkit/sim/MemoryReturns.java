package io.penstock.testkit.sim;

/** When all is over, every page is back in the pool, and the waiting line holds no byte. */
final class MemoryReturns implements Checker {

    @Override
    public void check(Parts parts) {
        for (SimProducer producer : parts.producers()) {
            check(producer, parts.findings());
        }
    }

    private static void check(SimProducer producer, Findings findings) {
        long missing = producer.pages().capacityBytes() - producer.pages().availableBytes();
        if (missing != 0) {
            findings.add("MemoryReturns", missing + " bytes of pages have not come back");
        }
        if (producer.pages().waitingCount() != 0) {
            findings.add("MemoryReturns", producer.pages().waitingCount() + " still wait for pages");
        }
        long waiting = producer.engine().sizes().waitingBytes();
        if (waiting != 0) {
            findings.add("MemoryReturns", waiting + " bytes are still booked in the waiting line");
        }
    }
}
