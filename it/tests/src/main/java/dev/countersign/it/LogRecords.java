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

/** What came through java.util.logging in this JVM. */
final class LogRecords extends Logs {

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

    /** @param level from which on to log until the end; null to leave that as it is */
    LogRecords(Predicate<String> loggers, @Nullable Level level) {
        this.loggers = loggers;
        this.before = ROOT.getLevel();
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
        if (level != null) {
            ROOT.setLevel(level);
        }
    }

    /** Whoever logs here does so before he answers, so that nothing is to be waited for. */
    @Override
    public String text(String... awaited) {
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
