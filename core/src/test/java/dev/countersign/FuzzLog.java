package dev.countersign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Takes the place of the log while a target runs: nothing is written, and every line is searched for secrets. */
public final class FuzzLog implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.countersign");
    private final List<String> secrets;
    private volatile @Nullable String leak;

    private final Handler handler = new Handler() {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            String line = formatter.format(entry);
            if (secrets.stream().anyMatch(line::contains)) {
                leak = line;
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Starts to look for these. */
    public FuzzLog(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    /** Checks what was logged so far. */
    public void assertTellsNoSecret() {
        assertThat(leak).as("a line of the log with a secret").isNull();
    }

    @Override
    public void close() {
        logger.setUseParentHandlers(true);
        logger.removeHandler(handler);
    }
}
