package io.penstock.testkit.sim;

import io.penstock.errors.KafkaException;
import io.penstock.internal.admission.KnownTopic;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * {@code partitionsFor} as a thread of the application calls it, blocking, and what is wrong with what it is told: an end later than
 * {@code max.block.ms}, or partitions that never were.
 */
final class PartitionsAsked {

    private static final String NAME = "ProgressMade";

    /** For the steps of others meanwhile, which take time. */
    private static final long SLACK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Parts parts;
    private final SimProducer producer;
    private final List<String> topics;

    PartitionsAsked(Parts parts, SimProducer producer, List<String> topics) {
        this.parts = parts;
        this.producer = producer;
        this.topics = topics;
    }

    void ask(RandomGenerator random) {
        String topic = random.nextInt(8) == 0 ? "unheard-of" : topics.get(random.nextInt(topics.size()));
        if (parts.world().isBlocked() || producer.calls().isClosed()) {
            return; // one thread blocks at a time
        }
        long began = parts.clock().now();
        parts.trace().add("ask", topic.hashCode(), 0);
        try {
            KnownTopic known = producer.engine().admission().await(topic);
            check(topic, known.topic().partitionCount());
        } catch (KafkaException | IllegalStateException e) {
            parts.trace().add("untold", 0, 0); // not in time, refused, or closed meanwhile
        } catch (InterruptedException e) {
            throw new IllegalStateException("Nobody interrupts", e);
        }
        long took = parts.clock().now() - began;
        if (took > parts.plan().nanos("max.block.ms") + SLACK_NANOS) {
            parts.findings().add(NAME, "partitionsFor(" + topic + ") took " + took + " ns, more than max.block.ms");
        }
    }

    private void check(String topic, int count) {
        parts.trace().add("told", count, 0);
        boolean exists = parts.cluster().topics().contains(topic);
        if (exists && !parts.plan().recreatesTopics() && count > parts.cluster().partitionCount(topic)) {
            parts.findings().add(NAME, topic + " is said to have " + count + " partitions, and has fewer");
        }
    }
}
