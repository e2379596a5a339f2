package io.penstock.kafka.internal;

import io.penstock.errors.KafkaException;
import io.penstock.errors.UnexpectedRetriableException;
import io.penstock.errors.UnknownServerException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * Exceptions of one library as those of the other: the class of the same name, the same message, and the original as the cause,
 * which still tells the record's outcome.
 *
 * <p>Any thread. A class that the version of {@code kafka-clients} in use does not have becomes its nearest superclass there. A broker's
 * error that Penstock has no class for, as it is no producer's, becomes the class that {@code kafka-clients} has for its number.
 */
public final class ErrorTranslator {

    private static final String OURS = "io.penstock.errors.";
    private static final String THEIRS = "org.apache.kafka.common.errors.";

    /** Those that live elsewhere in {@code kafka-clients}. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "KafkaException", "org.apache.kafka.common.KafkaException",
            "ConfigException", "org.apache.kafka.common.config.ConfigException",
            "InvalidRecordException", "org.apache.kafka.common.InvalidRecordException",
            "BufferExhaustedException", "org.apache.kafka.clients.producer.BufferExhaustedException");

    private static final ClassValue<Class<? extends RuntimeException>> TO_APACHE = new ClassValue<>() {
        @Override
        protected Class<? extends RuntimeException> computeValue(Class<?> type) {
            return nearest(type, ErrorTranslator::apacheNameOf, org.apache.kafka.common.KafkaException.class);
        }
    };

    private static final ClassValue<Class<? extends RuntimeException>> TO_PENSTOCK = new ClassValue<>() {
        @Override
        protected Class<? extends RuntimeException> computeValue(Class<?> type) {
            return nearest(type, ErrorTranslator::penstockNameOf, KafkaException.class);
        }
    };

    /** The last one translated: all records of a batch fail with the same. Racy, which costs one more translation. */
    private static volatile @Nullable Translation last;

    private record Translation(KafkaException from, RuntimeException to) {}

    private ErrorTranslator() {}

    private static @Nullable String apacheNameOf(Class<?> type) {
        String name = type.getName();
        if (!name.startsWith(OURS)) {
            return null;
        }
        String simple = name.substring(OURS.length());
        return ELSEWHERE.getOrDefault(simple, THEIRS + simple);
    }

    private static @Nullable String penstockNameOf(Class<?> type) {
        for (Map.Entry<String, String> each : ELSEWHERE.entrySet()) {
            if (each.getValue().equals(type.getName())) {
                return OURS + each.getKey();
            }
        }
        return type.getName().startsWith(THEIRS) ? OURS + type.getName().substring(THEIRS.length()) : null;
    }

    private static Class<? extends RuntimeException> nearest(
            Class<?> type, Function<Class<?>, @Nullable String> naming, Class<? extends RuntimeException> root) {
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            String name = naming.apply(each);
            if (name != null) {
                try {
                    Class<?> found = Class.forName(name, true, root.getClassLoader());
                    if (!Modifier.isAbstract(found.getModifiers())) {
                        return found.asSubclass(RuntimeException.class);
                    }
                } catch (ClassNotFoundException e) {
                    continue; // of another version
                }
            }
        }
        return root;
    }

    /** For a throwable of a future or callback: Penstock's own are translated, all else stays. */
    public static Exception toApache(Throwable thrown) {
        if (thrown instanceof KafkaException ours) {
            return toApache(ours);
        }
        return thrown instanceof Exception exception ? exception : new org.apache.kafka.common.KafkaException(thrown);
    }

    /** What came from a plug-in of the user's in the first place comes back as it was. */
    public static RuntimeException toApache(KafkaException ours) {
        if (ours.getCause() instanceof ApiException theirs && TO_PENSTOCK.get(theirs.getClass()) == ours.getClass()) {
            return theirs;
        }
        Translation known = last;
        if (known != null && known.from == ours) {
            return known.to;
        }
        RuntimeException theirs = create(apacheClassOf(ours), ours);
        last = new Translation(ours, theirs);
        return theirs;
    }

    private static Class<? extends RuntimeException> apacheClassOf(KafkaException ours) {
        if (ours instanceof UnknownServerException unknown) {
            return Errors.forCode((short) unknown.errorCode()).exception().getClass();
        }
        if (ours instanceof UnexpectedRetriableException unexpected) {
            return Errors.forCode((short) unexpected.errorCode()).exception().getClass();
        }
        return TO_APACHE.get(ours.getClass());
    }

    /** For what a user's plug-in throws, so that the engine treats it as its own of that kind. */
    public static KafkaException toPenstock(org.apache.kafka.common.KafkaException theirs) {
        RuntimeException ours = create(TO_PENSTOCK.get(theirs.getClass()), theirs);
        return ours instanceof KafkaException found ? found : new KafkaException(theirs.getMessage(), theirs);
    }

    private static RuntimeException create(Class<? extends RuntimeException> type, RuntimeException from) {
        RuntimeException special = withDetails(type, from);
        if (special != null) {
            return caused(special, from);
        }
        try {
            Constructor<? extends RuntimeException> withCause = find(type, String.class, Throwable.class);
            if (withCause != null) {
                return withCause.newInstance(from.getMessage(), from);
            }
            Constructor<? extends RuntimeException> plain = find(type, String.class);
            if (plain != null) {
                return caused(plain.newInstance(from.getMessage()), from);
            }
            return caused(type.getConstructor().newInstance(), from);
        } catch (ReflectiveOperationException e) {
            RuntimeException failure = new org.apache.kafka.common.KafkaException(from.getMessage(), from);
            failure.addSuppressed(e);
            return failure;
        }
    }

    /** Those that carry more than a message. */
    private static @Nullable RuntimeException withDetails(Class<?> type, RuntimeException from) {
        String message = from.getMessage();
        if (from instanceof io.penstock.errors.TopicAuthorizationException e) {
            return new org.apache.kafka.common.errors.TopicAuthorizationException(message, e.unauthorizedTopics());
        }
        if (from instanceof io.penstock.errors.InvalidTopicException e) {
            return new org.apache.kafka.common.errors.InvalidTopicException(message, e.invalidTopics());
        }
        if (from instanceof io.penstock.errors.GroupAuthorizationException e) {
            return new org.apache.kafka.common.errors.GroupAuthorizationException(message, e.groupId());
        }
        if (from instanceof io.penstock.errors.InterruptException) {
            // Both set the thread's interrupt flag again when they are made.
            return new org.apache.kafka.common.errors.InterruptException(message, new InterruptedException(message));
        }
        if (type == io.penstock.errors.InterruptException.class) {
            return new io.penstock.errors.InterruptException(message, new InterruptedException(message));
        }
        return null;
    }

    private static RuntimeException caused(RuntimeException made, RuntimeException from) {
        if (made.getCause() == null) {
            try {
                made.initCause(from);
            } catch (IllegalStateException e) {
                made.addSuppressed(from); // its constructor has settled that there is none
            }
        }
        return made;
    }

    private static @Nullable <T> Constructor<T> find(Class<T> type, Class<?>... parameters) {
        try {
            return type.getConstructor(parameters);
        } catch (NoSuchMethodException e) {
            return null;
        }
    }
}
