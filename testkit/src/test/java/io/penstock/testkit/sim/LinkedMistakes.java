package io.penstock.testkit.sim;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * What some {@link Mutations} do with the batches of a partition that are outstanding, which are linked each to the one that left after
 * it. The engine itself has no way from the last to the first.
 *
 * <p>Stateless. Reads the engine's private fields, those of the engine that its own class loader has loaded; one that has gone is
 * noticed when this class is initialised, before any seed runs.
 */
public final class LinkedMistakes {

    private static final Class<?> LIST = sender("OutstandingBatches");
    private static final Class<?> BATCH = sender("OutboundBatch");
    private static final Field OLDEST = field(LIST, "oldest");
    private static final Field NEWEST = field(LIST, "newest");
    private static final Field NEXT = field(BATCH, "next");
    private static final Method IS_WAITING = method("isWaiting");
    private static final Method IS_DONE = method("isDone");

    private LinkedMistakes() {}

    /** Of batches that wait to be sent again, the last in place of the first. */
    public static Object lastWaiting(Object first) throws ReflectiveOperationException {
        Object last = first;
        for (Object each = first; each != null; each = NEXT.get(each)) {
            last = (boolean) IS_WAITING.invoke(each) ? each : last;
        }
        return last;
    }

    /** The last batch that is done goes in front of the others. */
    public static void lastDoneFirst(Object list) throws ReflectiveOperationException {
        Object first = OLDEST.get(list);
        Object before = null;
        for (Object each = first; each != null && NEXT.get(each) != null; each = NEXT.get(each)) {
            before = (boolean) IS_DONE.invoke(NEXT.get(each)) ? each : before;
        }
        if (before == null) {
            return;
        }
        Object done = NEXT.get(before);
        if (NEXT.get(done) == null) {
            NEWEST.set(list, before);
        }
        NEXT.set(before, NEXT.get(done));
        NEXT.set(done, first);
        OLDEST.set(list, done);
    }

    private static Class<?> sender(String name) {
        try {
            return Class.forName("io.penstock.internal.sender." + name, false, LinkedMistakes.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw gone(name, e);
        }
    }

    private static Field field(Class<?> of, String name) {
        try {
            return open(of.getDeclaredField(name));
        } catch (NoSuchFieldException e) {
            throw gone(name, e);
        }
    }

    private static Method method(String name) {
        try {
            return open(BATCH.getDeclaredMethod(name));
        } catch (NoSuchMethodException e) {
            throw gone(name, e);
        }
    }

    private static <T extends AccessibleObject> T open(T member) {
        member.setAccessible(true);
        return member;
    }

    private static IllegalStateException gone(String name, ReflectiveOperationException e) {
        return new IllegalStateException(
                "Mutations of the sender no longer apply: no " + name + ". Mend them here.", e);
    }
}
