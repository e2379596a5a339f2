package io.penstock.testkit.sim;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** The first thing that was found wrong. Recorded and not thrown: user code, where much is seen, cannot throw through the engine. */
final class Findings {

    private @Nullable String first;

    void add(String checker, String what) {
        if (first == null) {
            first = checker + ": " + what;
        }
    }

    void add(String checker, String what, Throwable cause) {
        StringWriter stack = new StringWriter();
        cause.printStackTrace(new PrintWriter(stack));
        add(checker, what + "\n" + stack);
    }

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    String first() {
        return first;
    }
}
