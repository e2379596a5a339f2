package io.penstock.cli;

import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.TopicReader;
import java.util.Locale;
import java.util.Map;

/** The broker of {@code --embedded}, with the topic in it. Started and stopped by the job. */
final class LocalBroker implements AutoCloseable {
    private final EmbeddedKafka kafka;

    private LocalBroker(EmbeddedKafka kafka) {
        this.kafka = kafka;
    }

    static LocalBroker start(ProduceOptions options, Terminal terminal) {
        terminal.status("starting Apache Kafka ...");
        long began = System.nanoTime();
        EmbeddedKafka.Builder builder =
                EmbeddedKafka.builder().autoCreateTopics(false).closeOnJvmExit(false);
        if (options.dataDir() != null) {
            builder.dataDir(options.dataDir());
        }
        EmbeddedKafka kafka = builder.start();
        try {
            createTopic(kafka, options);
        } catch (RuntimeException e) {
            kafka.close();
            throw e;
        }
        terminal.line(String.format(
                Locale.ROOT,
                "embedded Apache Kafka listens on %s, started in %.1f s%s",
                kafka.bootstrapServers(),
                (System.nanoTime() - began) / 1e9,
                options.dataDir() == null ? "" : ", data in " + options.dataDir()));
        return new LocalBroker(kafka);
    }

    private static void createTopic(EmbeddedKafka kafka, ProduceOptions options) {
        String topic = options.topic();
        Integer wanted = options.partitions();
        int existing;
        try (TopicReader reader = TopicReader.connect(kafka.bootstrapServers())) {
            existing = reader.partitionCount(topic);
        }
        if (existing == 0) {
            kafka.createTopic(topic, wanted == null ? 1 : wanted, Map.of());
        } else if (wanted != null && wanted != existing) {
            throw new CliException("topic " + topic + " in " + options.dataDir() + " has " + existing
                    + " partitions, not " + wanted + ": leave --partitions out, or take another topic");
        }
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    @Override
    public void close() {
        kafka.close();
    }
}
