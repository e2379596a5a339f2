package io.penstock.testkit.sim;

import java.util.HashSet;
import java.util.Set;

/** No log holds what was never sent, and with idempotence no record twice. */
final class StoredOnce implements Checker {

    @Override
    public void check(Parts parts) {
        int sent = parts.history().records().size();
        for (StoredLogs.Log log : parts.logs().logs()) {
            Set<Integer> seen = new HashSet<>();
            log.records().forEach(stored -> {
                int id = History.idOf(stored.value());
                if (id < 0 || id >= sent) {
                    parts.findings().add("StoredOnce", "nobody sent " + stored);
                } else if (!seen.add(id) && parts.plan().isIdempotent()) {
                    parts.findings()
                            .add(
                                    "StoredOnce",
                                    parts.history().records().get(id) + " lies twice in " + log.topic() + "-"
                                            + log.partition() + ", the second time at " + stored.offset());
                }
            });
        }
    }
}
