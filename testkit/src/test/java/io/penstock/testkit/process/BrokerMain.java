package io.penstock.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * What a forked JVM runs: somebody else's main class, and the end of this process when its parent ends.
 *
 * <p>The parent holds the other end of this process's standard input and never writes to it. However the parent dies, also by
 * SIGKILL, the pipe closes, and this process halts. First argument: the main class; the others are that one's.
 */
public final class BrokerMain {

    private BrokerMain() {}

    public static void main(String[] arguments) throws Exception {
        Thread watch = new Thread(() -> haltAtEndOf(System.in), "parent-watch");
        watch.setDaemon(true);
        watch.start();
        String[] others = Arrays.copyOfRange(arguments, 1, arguments.length);
        Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) others);
    }

    private static void haltAtEndOf(InputStream parent) {
        try {
            while (parent.read() >= 0) {
                // Nothing is ever sent; only the end matters.
            }
        } catch (IOException e) {
            // As good as the end.
        }
        Runtime.getRuntime().halt(3);
    }
}
