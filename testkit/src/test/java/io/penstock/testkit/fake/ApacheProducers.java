package io.penstock.testkit.fake;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Apache's own producer on a fake cluster, impatient enough for tests. */
final class ApacheProducers {

    private ApacheProducers() {}

    static KafkaProducer<String, String> create(FakeCluster cluster, Object... settings) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", cluster.bootstrapServers());
        config.put("retry.backoff.ms", 5);
        config.put("reconnect.backoff.ms", 5);
        config.put("reconnect.backoff.max.ms", 20);
        config.put("max.block.ms", 60_000);
        config.put("enable.metrics.push", false);
        for (int i = 0; i < settings.length; i += 2) {
            config.put((String) settings[i], settings[i + 1]);
        }
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }
}
