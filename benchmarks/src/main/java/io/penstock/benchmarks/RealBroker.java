package io.penstock.benchmarks;

import io.penstock.testkit.EmbeddedKafka;
import java.io.IOException;
import java.util.Map;

/** One Apache Kafka broker as a process: prints its address and runs until its standard input ends. */
public final class RealBroker {

    private RealBroker() {}

    public static void main(String[] args) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            for (int partitions : new int[] {1, 16}) {
                kafka.createTopic("bench-" + partitions, partitions, Map.of("retention.bytes", "134217728"));
            }
            System.out.println(kafka.bootstrapServers());
            while (System.in.read() >= 0) {
                // until whoever started us is gone
            }
        }
    }
}
