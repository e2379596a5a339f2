package io.penstock.testkit.engine;

import io.penstock.errors.TimeoutException;
import io.penstock.producer.KafkaProducer;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
        config.put("max.block.ms", 60_000);
        config.put("linger.ms", 0);
        for (int i = 0; i < settings.length; i += 2) {
            config.put((String) settings[i], settings[i + 1]);
        }
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    /** Makes a call that may be made again after a timeout, for a producer whose {@code max.block.ms} is short for another one's sake. */
    static void patiently(Runnable call) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SentRecords.PATIENCE_SECONDS);
        while (true) {
            try {
                call.run();
                return;
            } catch (TimeoutException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
            }
        }
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
