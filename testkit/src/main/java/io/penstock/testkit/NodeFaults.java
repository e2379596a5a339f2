package io.penstock.testkit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong inside one node.
 *
 * <p>Kafka's own answer to a fatal fault is to end the process. Here the first fault is kept, for the start that waits
 * on it, and logged; the JVM, which is the user's program or test, lives on. Any thread may report.
 */
final class NodeFaults {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final AtomicBoolean EXITS_REPLACED = new AtomicBoolean();
    private static final String EXIT = "org.apache.kafka.common.utils.internals.Exit";

    private final CompletableFuture<Void> first = new CompletableFuture<>();

    /** Completes exceptionally, with the first fault, or never. */
    CompletableFuture<Void> first() {
        return first;
    }

    void report(Throwable fault) {
        if (first.completeExceptionally(fault)) {
            LOG.error("the embedded broker failed: {}", fault, fault);
        }
    }

    /** What Kafka builds its fault handlers with. */
    Object factory(KafkaClasses kafka) {
        return kafka.implement("kafka.server.FaultHandlerFactory", (proxy, build, parameters) -> {
            boolean fatal = (Boolean) parameters[1];
            return kafka.implement("org.apache.kafka.server.fault.FaultHandler", (handler, method, arguments) -> {
                String message = (String) arguments[0];
                Throwable cause = arguments.length > 1 ? (Throwable) arguments[1] : null;
                EmbeddedKafkaException fault =
                        new EmbeddedKafkaException(cause == null ? message : message + ": " + cause, cause);
                if (fatal) {
                    report(fault);
                } else {
                    LOG.warn("fault in the embedded broker: {}", message, cause);
                }
                ((Runnable) parameters[2]).run();
                return fault;
            });
        });
    }

    /** Turns Kafka's own calls for the end of the process into an exception in the thread that made them. */
    static void keepJvmAlive(KafkaClasses kafka) {
        if (!EXITS_REPLACED.compareAndSet(false, true)) {
            return;
        }
        Object procedure = kafka.implement(EXIT + "$Procedure", (proxy, method, arguments) -> {
            throw new EmbeddedKafkaException(
                    "the embedded broker gave up with status " + arguments[0] + ": " + arguments[1]);
        });
        kafka.callStatic(EXIT, "setExitProcedure", procedure);
        kafka.callStatic(EXIT, "setHaltProcedure", procedure);
    }
}
