package io.penstock.testkit.junit;

import io.penstock.producer.Producer;
import io.penstock.testkit.fake.FakeCluster;
import io.penstock.testkit.fake.FakeClusterBuilder;
import io.penstock.testkit.fake.TopicOptions;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A fake cluster for each test, or for each class; with {@link FakeKafka}, or registered by hand:
 *
 * <pre>{@code
 * @RegisterExtension
 * FakeClusterExtension kafka = FakeClusterExtension.of(() -> FakeCluster.builder().brokers(3).topic("orders", 4));
 * }</pre>
 *
 * <p>In a static field it is one for the class, in another one for each test. {@link #cluster()} is it while a test runs. For tests
 * that run one after the other in an instance of this, or with {@link FakeKafka}, which keeps clusters by test, also at once.
 */
public final class FakeClusterExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(FakeClusterExtension.class);

    private final @Nullable Supplier<FakeClusterBuilder> builder;
    private volatile @Nullable FakeCluster current;

    /** For {@link FakeKafka}, which says what the cluster is like. */
    public FakeClusterExtension() {
        this.builder = null;
    }

    private FakeClusterExtension(Supplier<FakeClusterBuilder> builder) {
        this.builder = builder;
    }

    /** Clusters as the builder makes them, which is asked for each. */
    public static FakeClusterExtension of(Supplier<FakeClusterBuilder> builder) {
        return new FakeClusterExtension(Objects.requireNonNull(builder, "builder"));
    }

    /**
     * The cluster of the test that runs.
     *
     * @throws IllegalStateException when none runs
     */
    public FakeCluster cluster() {
        FakeCluster cluster = current;
        if (cluster == null) {
            throw new IllegalStateException("There is a cluster only while a test runs");
        }
        return cluster;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // Called only when registered in a static field, or by an annotation.
        boolean wanted = builder != null || annotation(context).perClass();
        if (wanted && find(context) == null) {
            store(context, start(context));
        }
        if (builder == null) {
            inject(context.getRequiredTestClass(), null, find(context));
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (find(context) == null) {
            store(context, start(context));
        }
        if (builder == null) {
            for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
                inject(instance.getClass(), instance, find(context));
            }
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestProducers producers = context.getStore(NAMESPACE).remove(Producer.class, TestProducers.class);
        if (producers != null) {
            producers.close();
        }
        close(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        close(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == FakeCluster.class || type == Producer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        FakeCluster cluster = find(context);
        if (cluster == null) {
            throw new ExtensionConfigurationException(
                    "There is no cluster yet for " + parameter.getDeclaringExecutable() + ": use perClass = true");
        }
        if (parameter.getParameter().getType() == FakeCluster.class) {
            return cluster;
        }
        TestProducers producers = context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Producer.class, key -> new TestProducers(), TestProducers.class);
        return producers.open(cluster, parameter.getParameter().getParameterizedType());
    }

    // ----------------------------------------------------------------- clusters

    private FakeCluster start(ExtensionContext context) {
        Supplier<FakeClusterBuilder> given = builder;
        return given == null ? start(annotation(context)) : given.get().start();
    }

    private static FakeCluster start(FakeKafka wanted) {
        FakeClusterBuilder described =
                FakeCluster.builder().brokers(wanted.brokers()).transactionVersion(wanted.transactionVersion());
        for (String topic : wanted.topics()) {
            int colon = topic.lastIndexOf(':');
            try {
                int count = colon < 0 ? 1 : Integer.parseInt(topic.substring(colon + 1));
                described.topic(colon < 0 ? topic : topic.substring(0, colon), count);
            } catch (NumberFormatException e) {
                throw new ExtensionConfigurationException(
                        "A topic is written as name:partitions, like orders:4; this is '" + topic + "'", e);
            }
        }
        if (wanted.autoCreateTopics()) {
            described.autoCreateTopics(TopicOptions.partitions(1));
        }
        return described.start();
    }

    private static FakeKafka annotation(ExtensionContext context) {
        for (Class<?> type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            FakeKafka found = type.getAnnotation(FakeKafka.class);
            if (found != null) {
                return found;
            }
        }
        throw new ExtensionConfigurationException(context.getRequiredTestClass().getName()
                + " has no @FakeKafka; add it, or register FakeClusterExtension.of(...)");
    }

    // The store of a test sees what is in that of its class; what it closes must be its own.
    private void store(ExtensionContext context, FakeCluster cluster) {
        context.getStore(NAMESPACE).put(this, cluster);
        context.getStore(NAMESPACE).put(context.getUniqueId(), cluster);
        current = cluster;
    }

    private @Nullable FakeCluster find(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(this, FakeCluster.class);
    }

    private void close(ExtensionContext context) {
        FakeCluster own = context.getStore(NAMESPACE).remove(context.getUniqueId(), FakeCluster.class);
        if (own != null) {
            context.getStore(NAMESPACE).remove(this);
            current = null;
            own.close();
        }
    }

    // ------------------------------------------------------------------- fields

    /** Into the instance's fields, or without one into the static fields. */
    private static void inject(Class<?> testClass, @Nullable Object instance, @Nullable FakeCluster cluster) {
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                if (field.getType() == FakeCluster.class
                        && Modifier.isStatic(modifiers) == (instance == null)
                        && !Modifier.isFinal(modifiers)) {
                    set(field, instance, cluster);
                }
            }
        }
    }

    private static void set(Field field, @Nullable Object owner, @Nullable FakeCluster cluster) {
        if (cluster == null) {
            throw new ExtensionConfigurationException(
                    field + " is static, and the cluster is one for each test: use perClass = true");
        }
        try {
            field.setAccessible(true);
            field.set(owner, cluster);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new ExtensionConfigurationException(field + " cannot be set: open its package to this module", e);
        }
    }
}
