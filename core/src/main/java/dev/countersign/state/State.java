package dev.countersign.state;

/** Expiring entries with a few atomic operations: the one place for state that nodes share. */
public interface State extends AutoCloseable {
    /** Releases what the state holds; it is not used afterwards. */
    @Override
    void close();
}
