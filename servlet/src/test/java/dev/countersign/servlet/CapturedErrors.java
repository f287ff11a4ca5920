package dev.countersign.servlet;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Collects what a logger says while a test runs. */
final class CapturedErrors implements AutoCloseable {
    private final Logger logger;
    private final Handler handler;

    private final List<String> messages;

    private CapturedErrors(Logger logger, Handler handler, List<String> messages) {
        this.logger = logger;
        this.handler = handler;
        this.messages = messages;
    }

    /** What was said so far; grows. */
    List<String> messages() {
        return messages;
    }

    static CapturedErrors of(String name) {
        List<String> into = new CopyOnWriteArrayList<>();
        Logger logger = Logger.getLogger(name);
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                into.add(new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        logger.addHandler(handler);
        return new CapturedErrors(logger, handler, into);
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
    }
}
