package io.penstock.testkit.junit;

import io.penstock.producer.KafkaProducer;
import io.penstock.producer.Producer;
import io.penstock.serialization.ByteArraySerializer;
import io.penstock.serialization.Serializer;
import io.penstock.serialization.StringSerializer;
import io.penstock.testkit.fake.FakeCluster;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.ParameterResolutionException;

/** The producers that one test was given, impatient as tests are. For the test's thread. */
final class TestProducers implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<Producer<?, ?>> opened = new ArrayList<>();

    Producer<?, ?> open(FakeCluster cluster, Type wanted) {
        if (!(wanted instanceof ParameterizedType)) {
            throw unknown(wanted);
        }
        Type[] keyAndValue = ((ParameterizedType) wanted).getActualTypeArguments();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                cluster.bootstrapServers(),
                "max.block.ms",
                PATIENCE.toMillis(),
                "retry.backoff.ms",
                10,
                "reconnect.backoff.ms",
                10);
        Producer<?, ?> producer =
                new KafkaProducer<>(settings, serializer(keyAndValue[0], wanted), serializer(keyAndValue[1], wanted));
        opened.add(producer);
        return producer;
    }

    private static Serializer<?> serializer(Type type, Type wanted) {
        if (type == String.class) {
            return new StringSerializer();
        }
        if (type == byte[].class) {
            return new ByteArraySerializer();
        }
        throw unknown(wanted);
    }

    private static ParameterResolutionException unknown(Type wanted) {
        return new ParameterResolutionException("A producer parameter has String or byte[] for key and value, not "
                + wanted + "; make others by new KafkaProducer with cluster.bootstrapServers()");
    }

    @Override
    public void close() {
        opened.forEach(producer -> producer.close(PATIENCE));
        opened.clear();
    }
}
