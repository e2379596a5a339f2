package io.penstock.testkit.producer;

import io.penstock.testkit.EmbeddedKafka;
import io.penstock.testkit.process.ReleaseBroker;
import java.nio.file.Path;
import java.util.Map;

/**
 * The broker that integration tests run against: the embedded one, or with {@code -Pversions} that of another release in a process
 * of its own.
 */
interface TestBroker extends AutoCloseable {

    String bootstrapServers();

    /** Returns when every partition has a leader. */
    void createTopic(String name, int partitions, Map<String, String> configs);

    @Override
    void close();

    /** @param configs broker settings that the test needs */
    static TestBroker start(Map<String, String> configs) {
        String release = System.getProperty("penstock.broker.release");
        if (release != null) {
            return start(release, Path.of(System.getProperty("penstock.broker.classpath")), configs);
        }
        EmbeddedKafka.Builder builder = EmbeddedKafka.builder();
        configs.forEach(builder::config);
        EmbeddedKafka kafka = builder.start();
        return new TestBroker() {
            @Override
            public String bootstrapServers() {
                return kafka.bootstrapServers();
            }

            @Override
            public void createTopic(String name, int partitions, Map<String, String> settings) {
                kafka.createTopic(name, partitions, settings);
            }

            @Override
            public void close() {
                kafka.close();
            }
        };
    }

    private static TestBroker start(String release, Path classPath, Map<String, String> configs) {
        ReleaseBroker broker = ReleaseBroker.start(release, classPath, configs);
        return new TestBroker() {
            @Override
            public String bootstrapServers() {
                return broker.bootstrapServers();
            }

            @Override
            public void createTopic(String name, int partitions, Map<String, String> settings) {
                broker.createTopic(name, partitions, settings);
            }

            @Override
            public void close() {
                broker.close();
            }
        };
    }
}
