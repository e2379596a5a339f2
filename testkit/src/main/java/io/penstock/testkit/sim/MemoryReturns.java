package io.penstock.testkit.sim;

/** When all is over, every page is back in the pool, and the waiting line holds no byte. */
final class MemoryReturns implements Checker {

    @Override
    public void check(Parts parts) {
        long missing = parts.pages().capacityBytes() - parts.pages().availableBytes();
        if (missing != 0) {
            parts.findings().add("MemoryReturns", missing + " bytes of pages have not come back");
        }
        if (parts.pages().waitingCount() != 0) {
            parts.findings().add("MemoryReturns", parts.pages().waitingCount() + " still wait for pages");
        }
        long waiting = parts.engine().sizes().waitingBytes();
        if (waiting != 0) {
            parts.findings().add("MemoryReturns", waiting + " bytes are still booked in the waiting line");
        }
    }
}
