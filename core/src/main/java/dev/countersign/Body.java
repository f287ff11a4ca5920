package dev.countersign;

/**
 * The content of one request (RFC 9110 section 6.4), as it came: undone is the transfer coding alone. It is read from the
 * connection when somebody asks for it first, kept within a bound, and then there for everybody who asks again, the
 * application included. Used by one thread at a time.
 *
 * <p>Whoever judges content reads it with {@link #read} and takes every outcome but {@link Outcome#COMPLETE} for "no".
 */
public interface Body {
    /** How reading ended. The same for everybody who reads one body. */
    enum Outcome {
        /** All of it was passed on. */
        COMPLETE,
        /** It is larger than what may be kept ({@code body.max}); R32. Nothing more of it is read. */
        TOO_LARGE,
        /** The connection broke off, or the client sent less than it had announced. */
        BROKEN,
        /** Somebody in front of Countersign has read it, so that nobody can say what it was. Our side's fault: 500. */
        CONSUMED
    }

    /** Takes a piece of the content, which it must not change or keep. */
    @FunctionalInterface
    interface Sink {
        /** The next {@code length} bytes from {@code offset} on. */
        void accept(byte[] bytes, int offset, int length);
    }

    /**
     * Passes the content on, in order, in pieces of any length; all of it only if the outcome is {@link Outcome#COMPLETE}.
     * The first call reads from the connection, and passes on what arrives as it arrives.
     */
    Outcome read(Sink sink);

    /** A body that nobody can read: what an adapter has that does not know bodies. Every signature over it is refused. */
    static Body unreadable() {
        return sink -> Outcome.CONSUMED;
    }

    /** A body of these bytes, which are not copied. */
    static Body of(byte[] bytes) {
        return sink -> {
            sink.accept(bytes, 0, bytes.length);
            return Outcome.COMPLETE;
        };
    }
}
