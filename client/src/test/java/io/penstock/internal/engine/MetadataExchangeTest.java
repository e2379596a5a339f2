package io.penstock.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.internal.admission.DeliveryPromise;
import io.penstock.wire.message.ApiKey;
import org.junit.jupiter.api.Test;

/** Questions for metadata that nobody answers, and the bootstrap servers beside them. */
class MetadataExchangeTest {

    private static final int TRIGGER_MILLIS = 1_000;

    private final VirtualEngine virtual = new VirtualEngine(
            "metadata.recovery.strategy",
            "rebootstrap",
            "metadata.recovery.rebootstrap.trigger.ms",
            TRIGGER_MILLIS,
            "request.timeout.ms",
            30_000);

    @Test
    void rebootstrap_whileAQuestionIsUnderWay_comesInTimeAndDoesNotWaitForItsAnswer() {
        DeliveryPromise sent = sendToATopicThatNobodyDescribes();
        virtual.after(TRIGGER_MILLIS - 1);
        long asked = virtual.cluster.count(ApiKey.METADATA);
        virtual.cluster.describes = true;
        assertThat(sent.delivered()).isNotDone();

        virtual.after(100);
        assertThat(virtual.cluster.count(ApiKey.METADATA)).isGreaterThan(asked);
        assertThat(sent.delivered()).isCompleted();
    }

    @Test
    void rebootstrap_withEachQuestionUnanswered_comesAgainAndAgain() {
        DeliveryPromise sent = sendToATopicThatNobodyDescribes();
        long before = virtual.cluster.count(ApiKey.METADATA);
        virtual.after(5 * TRIGGER_MILLIS);
        assertThat(virtual.cluster.count(ApiKey.METADATA) - before).isBetween(4L, 7L);
        virtual.cluster.describes = true;
        virtual.after(TRIGGER_MILLIS + 100);
        assertThat(sent.delivered()).isCompleted();
    }

    /** After a first record to another one, so that all brokers are known and connected. */
    private DeliveryPromise sendToATopicThatNobodyDescribes() {
        virtual.cluster.topic("t", 1);
        DeliveryPromise first = virtual.send("t", 1);
        virtual.after(100);
        assertThat(first.delivered()).isCompleted();
        virtual.cluster.topic("later", 1);
        virtual.cluster.describes = false;
        return virtual.send("later", 1);
    }
}
