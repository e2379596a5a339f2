package io.penstock.testkit.engine;

import io.penstock.producer.KafkaProducer;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The whole producer on a fake cluster, impatient enough for tests. */
final class EngineProducers {

    private EngineProducers() {}

    static KafkaProducer<String, String> create(FakeCluster cluster, Object... settings) {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", cluster.bootstrapServers());
        config.put("retry.backoff.ms", 5);
        config.put("retry.backoff.max.ms", 50);
        config.put("reconnect.backoff.ms", 5);
        config.put("reconnect.backoff.max.ms", 50);
        config.put("max.block.ms", 20_000);
        config.put("linger.ms", 0);
        for (int i = 0; i < settings.length; i += 2) {
            config.put((String) settings[i], settings[i + 1]);
        }
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    /** In transactions of the id "tx", which may be committed in two phases. */
    static KafkaProducer<String, String> twoPhase(FakeCluster cluster, Object... settings) {
        Object[] all = Arrays.copyOf(settings, settings.length + 4);
        all[settings.length] = "transactional.id";
        all[settings.length + 1] = "tx";
        all[settings.length + 2] = "transaction.two.phase.commit.enable";
        all[settings.length + 3] = true;
        return create(cluster, all);
    }
}
