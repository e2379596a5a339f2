package io.penstock.cli;

import io.penstock.errors.ConfigException;
import io.penstock.testkit.EmbeddedKafkaException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Exceptions as one line for a person. */
final class Failures {
    private static final int MAX_LENGTH = 500;

    private Failures() {}

    /** What happened; the kind of exception is named where the message alone may not say it. */
    static String describe(Throwable failure) {
        Throwable e = failure;
        while ((e instanceof CompletionException || e instanceof ExecutionException) && e.getCause() != null) {
            e = e.getCause();
        }
        String message = e.getMessage();
        if (message == null || message.isBlank()) {
            return e.getClass().getSimpleName();
        }
        boolean plain =
                e instanceof CliException || e instanceof EmbeddedKafkaException || e instanceof ConfigException;
        return plain ? oneLine(message) : e.getClass().getSimpleName() + ": " + oneLine(message);
    }

    /** The text on one line, cut where nobody reads on. */
    static String oneLine(@Nullable String text) {
        String line = String.valueOf(text).strip().replaceAll("\\s*\\R\\s*", " ");
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH) + "...";
    }
}
