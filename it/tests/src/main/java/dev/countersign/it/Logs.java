package dev.countersign.it;

import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.logging.Level;

/**
 * What the server logged between {@link #open} and {@link #close}. Without the system property {@code it.log} that is
 * everything that came through java.util.logging in this JVM: the WAR's log, which is bound to it, and that of an
 * embedded server. With it, it is what a server in another JVM wrote to the file of that name.
 *
 * <p>Such a server cannot be told to log more for a while. The file that it writes everything of the application to, at
 * every level, from its start on, is named by {@code it.log.finest}; {@code it.log} serves where that is not set.
 */
public abstract sealed class Logs implements AutoCloseable permits LogFile, LogRecords {

    Logs() {}

    /** Starts listening. */
    public static Logs open() {
        String file = Server.property("it.log");
        return file == null ? new LogRecords(logger -> true, null) : new LogFile(Path.of(file));
    }

    /**
     * Starts listening, and lets everything be logged from this level on.
     *
     * @param loggers which loggers to listen to, by name; which ones a server in another JVM writes to its file at this
     *     level is a matter of that server's configuration
     */
    public static Logs openAt(Level level, Predicate<String> loggers) {
        String file = Server.property("it.log");
        if (file == null) {
            return new LogRecords(loggers, level);
        }
        String finest = Server.property("it.log.finest");
        return new LogFile(Path.of(finest == null ? file : finest));
    }

    /**
     * Everything logged so far: level, logger, message with its parameters, and stack traces.
     *
     * @param awaited what will be in it: a server in another JVM is given some seconds to write it
     */
    public abstract String text(String... awaited);

    @Override
    public abstract void close();
}
