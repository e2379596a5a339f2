package io.penstock.testkit.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a fake Kafka cluster, for parameters and fields of type {@link io.penstock.testkit.fake.FakeCluster}.
 *
 * <pre>{@code
 * @FakeKafka(brokers = 3, topics = "orders:4")
 * class OrdersTest {
 *     @Test
 *     void order_isSent(FakeCluster cluster, Producer<String, String> producer) throws Exception {
 *         producer.send(new ProducerRecord<>("orders", "tea")).get();
 *         assertThat(cluster).topic("orders").containsValues("tea");
 *     }
 * }
 * }</pre>
 *
 * <p>A test gets its own cluster, empty, and closed afterwards; with {@link #perClass} all tests of the class share one. A field
 * that is static gets the class's, and needs {@link #perClass}. A parameter of type {@link io.penstock.producer.Producer} is a
 * producer on the cluster, with text or bytes for keys and values, closed after the test.
 *
 * <p>For all that a builder can say, register a {@link FakeClusterExtension} instead.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FakeClusterExtension.class)
public @interface FakeKafka {

    /** How many brokers, 1 to 1,000. */
    int brokers() default 1;

    /** Topics as {@code name:partitions}, or {@code name} for one partition. */
    String[] topics() default {};

    /** Whether topics are made, of one partition, when a client asks for them. */
    boolean autoCreateTopics() default false;

    /** Where the feature {@code transaction.version} stands, 0 to 2. */
    int transactionVersion() default 2;

    /** One cluster for all tests of the class instead of one for each. */
    boolean perClass() default false;
}
