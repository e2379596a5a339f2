package io.penstock.cli;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.helpers.NOPLogger;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logging of the command: warnings and errors of Penstock, each one line without a stack trace; nothing of the embedded
 * broker, whose failures come as exceptions.
 */
public final class TerminalLogging implements SLF4JServiceProvider {
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter mdc = new NOPMDCAdapter();

    @Override
    public void initialize() {
        // Nothing is kept.
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return name -> name.startsWith("io.penstock.") ? new LineLogger(name) : NOPLogger.NOP_LOGGER;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return mdc;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    /** Writes to the terminal of the moment. */
    private static final class LineLogger extends LegacyAbstractLogger {
        private static final long serialVersionUID = 1L;

        LineLogger(String name) {
            this.name = name;
        }

        @Override
        public boolean isTraceEnabled() {
            return false;
        }

        @Override
        public boolean isDebugEnabled() {
            return false;
        }

        @Override
        public boolean isInfoEnabled() {
            return false;
        }

        @Override
        public boolean isWarnEnabled() {
            return true;
        }

        @Override
        public boolean isErrorEnabled() {
            return true;
        }

        @Override
        protected @Nullable String getFullyQualifiedCallerName() {
            return null;
        }

        @Override
        protected void handleNormalizedLoggingCall(
                Level level, @Nullable Marker marker, String pattern, Object[] arguments, @Nullable Throwable cause) {
            String text = MessageFormatter.basicArrayFormat(pattern, arguments);
            String why = cause == null ? "" : " (" + Failures.describe(cause) + ")";
            String what = level == Level.ERROR ? "error: " : "warning: ";
            Terminal.current().line("penstock: " + what + Failures.oneLine(text) + why);
        }
    }
}
