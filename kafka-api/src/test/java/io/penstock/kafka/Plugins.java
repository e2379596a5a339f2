package io.penstock.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A user's classes, which write down what happens to them, each under the client id that it was configured with. */
final class Plugins {

    /** What happened, oldest first; cleared by each test. */
    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    private Plugins() {}

    /** One with all of them. */
    static Producer<String, String> producer(Side side, String bootstrap, Object... more) {
        Map<String, Object> configs = Side.configs(bootstrap);
        configs.put("client.id", "me");
        configs.put("key.serializer", Text.class.getName());
        configs.put("value.serializer", Text.class);
        configs.put("partitioner.class", Chosen.class.getName());
        configs.put("interceptor.classes", List.of(First.class.getName(), Second.class.getName()));
        configs.put("text.own", "kept");
        configs.putAll(Side.configs(bootstrap, more));
        return side.create(configs, null, null);
    }

    public static class First implements ProducerInterceptor<String, String> {
        String name() {
            return "first";
        }

        @Override
        public void configure(Map<String, ?> configs) {
            SEEN.add(name() + " configure " + configs.get("client.id"));
            if (configs.containsKey(name() + ".fails.to.configure")) {
                throw new IllegalArgumentException("not so");
            }
        }

        @Override
        public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            SEEN.add(name() + " onSend " + record.value());
            record.headers().add(name(), new byte[] {1});
            if (record.value() != null && record.value().contains(name() + " throws")) {
                throw new IllegalStateException("on purpose");
            }
            return new ProducerRecord<>(
                    record.topic(),
                    record.partition(),
                    record.timestamp(),
                    record.key(),
                    record.value() + "+" + name(),
                    record.headers());
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, Exception exception, Headers headers) {
            String readOnly = "writable";
            try {
                headers.add("late", null);
            } catch (IllegalStateException e) {
                readOnly = "read-only";
            }
            SEEN.add(name() + " onAcknowledgement "
                    + (exception == null ? "ok" : exception.getClass().getSimpleName()) + " " + metadata.topic() + "-"
                    + metadata.partition() + " " + readOnly);
        }

        @Override
        public void close() {
            SEEN.add(name() + " close");
        }
    }

    public static class Second extends First {
        @Override
        String name() {
            return "second";
        }
    }

    /** Fails on values that say how. */
    public static class Text implements Serializer<String> {
        private final StringSerializer strings = new StringSerializer();
        private String part = "given";

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            part = isKey ? "key" : "value";
            SEEN.add(part + " configure " + configs.get("client.id") + " " + configs.get("text.own"));
        }

        @Override
        public byte[] serialize(String topic, String data) {
            throw new AssertionError("the one with headers is meant");
        }

        @Override
        public byte[] serialize(String topic, Headers headers, String data) {
            SEEN.add(part + " serialize " + data);
            headers.add(part + "-type", new byte[] {2});
            if (data != null && data.startsWith("runtime")) {
                throw new IllegalArgumentException("a serializer's own");
            }
            if (data != null && data.startsWith("api")) {
                throw new TopicAuthorizationException("a registry's no");
            }
            return strings.serialize(topic, data);
        }

        @Override
        public void close() {
            SEEN.add(part + " close");
        }
    }

    public static class Chosen implements Partitioner {
        @Override
        public void configure(Map<String, ?> configs) {
            SEEN.add("partitioner configure " + configs.get("client.id"));
        }

        @Override
        public int partition(
                String topic, Object key, byte[] keyBytes, Object value, byte[] valueBytes, Cluster cluster) {
            SEEN.add("partition " + key + " " + keyBytes.length + " " + value + " of "
                    + cluster.partitionCountForTopic(topic) + " "
                    + cluster.topics().contains(topic) + " "
                    + cluster.nodes().size() + " leader "
                    + cluster.partitionsForTopic(topic).get(0).leader().id());
            if (key.equals("negative")) {
                return -1;
            }
            if (key.equals("throws")) {
                throw new IllegalStateException("a partitioner's own");
            }
            return 2;
        }

        @Override
        public void close() {
            SEEN.add("partitioner close");
        }
    }
}
