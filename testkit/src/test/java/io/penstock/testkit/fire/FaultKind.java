package io.penstock.testkit.fire;

/** What a soak does to its cluster, and how often in comparison. */
enum FaultKind {
    KILL("SIGKILL", 9, true),
    PAUSE("SIGSTOP and SIGCONT", 6, true),
    RESTART("orderly restart", 3, true),
    MOVE_LEADERS("leaders moved", 6, false),
    CUT("connections reset", 5, false),
    REFUSE("connections refused for a while", 2, false),
    SILENCE("both ways held", 3, false),
    LOSE_ANSWERS("answers held, then reset", 6, false),
    LATE_ANSWERS("answers held, then passed on", 3, false),
    SLOW("slow connections", 3, false);

    private final String words;
    private final int weight;
    private final boolean takesBroker;

    FaultKind(String words, int weight, boolean takesBroker) {
        this.words = words;
        this.weight = weight;
        this.takesBroker = takesBroker;
    }

    String words() {
        return words;
    }

    int weight() {
        return weight;
    }

    /** Whether the broker itself is away for a while, and not only the way to it. */
    boolean takesBroker() {
        return takesBroker;
    }
}
