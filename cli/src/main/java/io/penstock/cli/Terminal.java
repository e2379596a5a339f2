package io.penstock.cli;

import java.io.PrintStream;

/**
 * Standard error: lines that stay, and below them at most one that is overwritten.
 *
 * <p>Any thread may write; a line never lands in the middle of the progress bar. Where standard error is not a terminal
 * the bar is left out. A reader that went away is ignored.
 */
final class Terminal {
    private static final String ERASE = "\r\u001b[K";
    private static volatile Terminal current = new Terminal(System.err, false);

    private final PrintStream err;
    private final boolean interactive;
    private boolean statusShown;

    Terminal(PrintStream err, boolean interactive) {
        this.err = err;
        this.interactive = interactive;
    }

    /** Where log lines go. */
    static Terminal current() {
        return current;
    }

    static void setCurrent(Terminal terminal) {
        current = terminal;
    }

    boolean isInteractive() {
        return interactive;
    }

    synchronized void line(String text) {
        clearStatus();
        err.println(text);
        err.flush();
    }

    /** Replaces the bar. */
    synchronized void status(String text) {
        if (interactive) {
            err.print(ERASE + text);
            err.flush();
            statusShown = true;
        }
    }

    synchronized void clearStatus() {
        if (statusShown) {
            err.print(ERASE);
            err.flush();
            statusShown = false;
        }
    }
}
