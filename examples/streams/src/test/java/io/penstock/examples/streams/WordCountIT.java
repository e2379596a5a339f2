package io.penstock.examples.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.kafka.PenstockProducer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts are right, also across a restart in the middle, as only committed records are counted. */
class WordCountIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(180);

    @TempDir
    Path state;

    @Test
    void words_areCountedExactlyOnce_acrossARestart() throws Exception {
        try (SeparateBroker broker = new SeparateBroker()) {
            String bootstrap = broker.bootstrapServers();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
                admin.createTopics(List.of(
                                new NewTopic(WordCount.LINES, 1, (short) 1),
                                new NewTopic(WordCount.COUNTS, 1, (short) 1)))
                        .all()
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
            try (Producer<String, String> lines = new PenstockProducer<>(
                    Map.of("bootstrap.servers", bootstrap), new StringSerializer(), new StringSerializer())) {
                send(lines, 50);
                run(bootstrap, Map.of("water", 100L, "falls", 50L));
                forgetMembers(bootstrap);
                send(lines, 50);
                run(bootstrap, Map.of("water", 200L, "falls", 100L));
            }
        }
    }

    /** Streams that are closed do not leave their group, as they may come back; these come back as others, and would wait for 45 s. */
    private static void forgetMembers(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            ConsumerGroupDescription group = admin.describeConsumerGroups(List.of("word-count"))
                    .describedGroups()
                    .get("word-count")
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            if (!group.members().isEmpty()) {
                admin.removeMembersFromConsumerGroup("word-count", new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static void send(Producer<String, String> lines, int count) {
        for (int i = 0; i < count; i++) {
            lines.send(new ProducerRecord<>(WordCount.LINES, "Water falls, water"));
        }
        lines.flush();
    }

    private void run(String bootstrap, Map<String, Long> expected) {
        try (KafkaStreams streams = WordCount.streams(bootstrap, state.toString())) {
            streams.start();
            assertThat(countsWhen(bootstrap, expected)).isEqualTo(expected);
        }
    }

    /** The last committed count of each word, once they are as expected or the time is over. */
    private static Map<String, Long> countsWhen(String bootstrap, Map<String, Long> expected) {
        Map<String, Object> configs = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.GROUP_ID_CONFIG,
                "reader-" + System.nanoTime(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest");
        Map<String, Long> counts = new HashMap<>();
        try (KafkaConsumer<String, Long> reader =
                new KafkaConsumer<>(configs, new StringDeserializer(), new LongDeserializer())) {
            reader.subscribe(List.of(WordCount.COUNTS));
            long deadline = System.nanoTime() + TIMEOUT.toNanos();
            while (!counts.equals(expected) && System.nanoTime() < deadline) {
                reader.poll(Duration.ofMillis(100)).forEach(record -> counts.put(record.key(), record.value()));
            }
        }
        return counts;
    }
}
