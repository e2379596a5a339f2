package io.penstock.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's server classes, found on the class path when a broker is started.
 *
 * <p>Several of Kafka's jars share packages, so no module can require them all; they are reached by name instead. A
 * failure inside Kafka comes out as what Kafka threw.
 */
final class KafkaClasses {
    private static final String MARKER = "kafka.server.SharedServer";

    private final ClassLoader loader;

    private KafkaClasses(ClassLoader loader) {
        this.loader = loader;
    }

    static KafkaClasses load() {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        for (ClassLoader candidate :
                new ClassLoader[] {context, KafkaClasses.class.getClassLoader(), ClassLoader.getSystemClassLoader()}) {
            if (candidate != null && has(candidate)) {
                return new KafkaClasses(candidate);
            }
        }
        throw new EmbeddedKafkaException("Kafka's broker is not on the class path (no class " + MARKER
                + "): add org.apache.kafka:kafka_2.13 to the dependencies, on the class path and not the module path");
    }

    private static boolean has(ClassLoader loader) {
        try {
            Class.forName(MARKER, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    Class<?> type(String name) {
        try {
            return Class.forName(name, true, loader);
        } catch (ClassNotFoundException e) {
            throw otherVersion("class " + name, e);
        }
    }

    /** A new instance, from the public constructor that has as many parameters as there are arguments. */
    Object create(String type, @Nullable Object... arguments) {
        for (Constructor<?> constructor : type(type).getConstructors()) {
            if (fits(constructor.getParameterTypes(), arguments)) {
                try {
                    return constructor.newInstance(arguments);
                } catch (ReflectiveOperationException e) {
                    throw unwrapped(e);
                }
            }
        }
        throw otherVersion("a constructor of " + type + " with " + arguments.length + " parameters", null);
    }

    /** The value of a public static field. */
    Object constant(String type, String field) {
        try {
            return type(type).getField(field).get(null);
        } catch (ReflectiveOperationException e) {
            throw otherVersion("field " + field + " of " + type, e);
        }
    }

    /** Calls a public static method. */
    Object callStatic(String type, String method, @Nullable Object... arguments) {
        return invoke(type(type), null, method, arguments);
    }

    /** Calls a public method of an object that a {@code create} or {@code call} returned. */
    Object call(Object target, String method, @Nullable Object... arguments) {
        return invoke(target.getClass(), target, method, arguments);
    }

    /** An instance of one of Kafka's interfaces. */
    Object implement(String type, InvocationHandler handler) {
        return Proxy.newProxyInstance(loader, new Class<?>[] {type(type)}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "embedded " + type;
                };
            }
            return handler.invoke(proxy, method, arguments);
        });
    }

    @SuppressWarnings("NullAway") // void methods return null, which no caller looks at
    private static Object invoke(Class<?> type, @Nullable Object target, String name, @Nullable Object... arguments) {
        for (Method method : type.getMethods()) {
            if (method.getName().equals(name) && fits(method.getParameterTypes(), arguments)) {
                try {
                    return method.invoke(target, arguments);
                } catch (ReflectiveOperationException e) {
                    throw unwrapped(e);
                }
            }
        }
        throw otherVersion("method " + name + " of " + type.getName(), null);
    }

    private static boolean fits(Class<?>[] parameters, @Nullable Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            Object argument = arguments[i];
            if (argument != null && !parameters[i].isPrimitive() && !parameters[i].isInstance(argument)) {
                return false;
            }
        }
        return true;
    }

    private static RuntimeException unwrapped(ReflectiveOperationException e) {
        Throwable cause = e instanceof InvocationTargetException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException runtime
                ? runtime
                : new EmbeddedKafkaException("the embedded broker failed: " + cause.getMessage(), cause);
    }

    private static EmbeddedKafkaException otherVersion(String missing, @Nullable Throwable cause) {
        return new EmbeddedKafkaException(
                "the Kafka broker on the class path lacks " + missing
                        + ": it is another version than the one this testkit is made for; use the version it depends on",
                cause);
    }
}
