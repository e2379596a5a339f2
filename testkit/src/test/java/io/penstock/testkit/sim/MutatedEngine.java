package io.penstock.testkit.sim;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Loads our own classes anew, one of them with a mistake in it, and runs seeds on them. */
class MutatedEngine extends ClassLoader {

    private static final String OURS = "io.penstock.";

    private final @Nullable Mutation mutation;

    /** @param mutation null for none */
    MutatedEngine(@Nullable Mutation mutation) {
        super(MutatedEngine.class.getClassLoader());
        this.mutation = mutation;
    }

    /** What the first seed that finds something finds, with its number in front; null when none of so many does. */
    @Nullable
    String firstFinding(int maxSeeds) throws Exception {
        if (mutation != null) {
            // At once: what a class that cannot be loaded does to the engine would count as a finding.
            loadClass(mutation.className());
        }
        Class<?> simulation = loadClass(Simulation.class.getName());
        Method run = simulation.getMethod("run", long.class);
        Method finding = loadClass(SimResult.class.getName()).getMethod("finding");
        Method hash = loadClass(SimResult.class.getName()).getMethod("traceHash");
        for (long seed = 0; seed < maxSeeds; seed++) {
            Object result = run.invoke(null, seed);
            Object found = finding.invoke(result);
            if (found == null && mutation != null && mutation.repeats()) {
                boolean same = hash.invoke(result).equals(hash.invoke(run.invoke(null, seed)));
                found = same ? null : "SimulationTest: a seed run twice is not the same";
            }
            if (found != null) {
                return (seed + 1) + " seed(s): "
                        + found.toString().lines().findFirst().orElse("");
            }
        }
        return null;
    }

    /** What else is done to a class. */
    byte[] transform(String name, byte[] bytes) {
        return bytes;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            if (mutation != null && mutation.className().equals(name)) {
                bytes = mutation.apply(bytes);
            }
            bytes = transform(name, bytes);
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }
}
