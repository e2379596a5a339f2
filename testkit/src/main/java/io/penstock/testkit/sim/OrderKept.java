package io.penstock.testkit.sim;

import io.penstock.producer.TopicPartition;
import io.penstock.testkit.fake.BrokerRelease;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * In each partition, the records of one thread lie in the order in which it sent them.
 *
 * <p>With idempotence all that are stored; without it, and with one request in flight, those that were acknowledged. A record that
 * lies there twice counts where it lies first. Brokers without Produce 13 take batches by the topic's name, so that what was sent to a
 * topic that is gone can come to the one created after it: no producer can keep the order there.
 */
final class OrderKept implements Checker {

    private record Source(SimProducer producer, SimRecord.Caller caller) {}

    @Override
    public void check(Parts parts) {
        SimPlan plan = parts.plan();
        boolean onlyAcknowledged = !plan.isIdempotent();
        if (onlyAcknowledged
                && (plan.number("max.in.flight.requests.per.connection") > 1
                        || plan.acks().equals("0"))) {
            return; // nothing is promised
        }
        boolean byName = plan.release() != BrokerRelease.CURRENT;
        Set<TopicPartition> created = new HashSet<>();
        for (StoredLogs.Log log : parts.logs().logs()) {
            if (!created.add(new TopicPartition(log.topic(), log.partition())) && byName) {
                continue;
            }
            Map<Source, SimRecord> last = new HashMap<>();
            Set<Integer> seen = new HashSet<>();
            log.records().forEach(stored -> {
                int id = History.idOf(stored.value());
                if (id < 0 || id >= parts.history().records().size() || !seen.add(id)) {
                    return;
                }
                SimRecord record = parts.history().records().get(id);
                if (onlyAcknowledged && !record.isAcknowledged()) {
                    return;
                }
                SimRecord before = last.put(new Source(record.producer, record.caller), record);
                if (before != null && before.id > record.id) {
                    parts.findings()
                            .add(
                                    "OrderKept",
                                    record + " lies in " + log.topic() + "-" + log.partition() + " at "
                                            + stored.offset() + ", behind " + before);
                }
            });
        }
    }
}
