package io.penstock.testkit.sim;

import io.penstock.producer.ProducerRecord;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import java.time.Duration;

/** The work for one record among many partitions that are known and have nothing to do. Loaded by {@link CountedEngine}. */
public final class TurnCost {

    private static final String TOPIC = "many";

    /** What was sent before would have expired by then. */
    private static final Duration EXPIRY = Duration.ofSeconds(45);

    private TurnCost() {}

    /** Of one transaction of one record, after one that went to all partitions. */
    public static long ofOneRecord(int partitionCount) {
        FakeClusterBuilder builder = FakeCluster.builder().brokers(2).topic(TOPIC, partitionCount);
        VirtualProducer producer =
                new VirtualProducer(builder, "metadata.max.age.ms", 3_600_000, "delivery.timeout.ms", 40_000);
        producer.init();
        producer.begin();
        for (int partition = 0; partition < partitionCount; partition++) {
            producer.send(new ProducerRecord<>(TOPIC, partition, null, new byte[1]));
        }
        producer.commit();
        long before = WorkCounter.done();
        producer.begin();
        producer.send(new ProducerRecord<>(TOPIC, 0, null, new byte[1]));
        producer.pass(EXPIRY);
        producer.commit();
        return WorkCounter.done() - before;
    }
}
