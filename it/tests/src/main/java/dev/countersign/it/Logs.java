package dev.countersign.it;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is logged through java.util.logging in this JVM between {@link #open} and {@link #close}: the WAR's log, which
 * is bound to it, and that of an embedded Tomcat.
 */
public final class Logs implements AutoCloseable {

    private static final Logger ROOT = Logger.getLogger("");

    private final Predicate<String> loggers;
    private final @Nullable Level before;
    private final ConcurrentLinkedQueue<LogRecord> records = new ConcurrentLinkedQueue<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (loggers.test(String.valueOf(record.getLoggerName()))) {
                records.add(record);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    private Logs(Predicate<String> loggers) {
        this.loggers = loggers;
        this.before = ROOT.getLevel();
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
    }

    /** Starts listening. */
    public static Logs open() {
        return new Logs(logger -> true);
    }

    /**
     * Starts listening, and lets everything be logged from this level on.
     *
     * @param loggers which loggers to listen to, by name
     */
    public static Logs openAt(Level level, Predicate<String> loggers) {
        Logs logs = new Logs(loggers);
        ROOT.setLevel(level);
        return logs;
    }

    /** Everything logged so far: level, logger, message with its parameters, and stack traces. */
    public String text() {
        SimpleFormatter formatter = new SimpleFormatter();
        return records.stream()
                .map(record -> record.getLevel() + " " + record.getLoggerName() + " " + formatter.formatMessage(record)
                        + trace(record))
                .collect(Collectors.joining("\n"));
    }

    private static String trace(LogRecord record) {
        if (record.getThrown() == null) {
            return "";
        }
        StringWriter trace = new StringWriter();
        record.getThrown().printStackTrace(new PrintWriter(trace));
        return "\n" + trace;
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
        ROOT.setLevel(before);
    }
}
