package dev.countersign;

import dev.countersign.http.FieldValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the {@link Gate} decided. */
public sealed interface Decision {
    /**
     * The request goes on, in this caller's name.
     *
     * @param caller who calls
     * @param completion who must be told how the request was answered; empty if nobody waits for it
     */
    record Admitted(Caller caller, Optional<Completion> completion) implements Decision {
        /** The request goes on, and nobody waits for its answer. */
        public Admitted(Caller caller) {
            this(caller, Optional.empty());
        }
    }

    /**
     * Waits for the answer to a request that tells of an event which is handled once. Safe for use by many threads.
     *
     * <p>Whoever never calls it, as after a crash, leaves the event marked as being handled for a minute; until then
     * deliveries of the same event are answered 409.
     */
    @FunctionalInterface
    interface Completion {
        /**
         * The answer is complete. Only the first call counts. Never throws.
         *
         * @param status the status that was sent, or 500 if the answer broke off; from 200 to 299 the event was handled,
         *     else the next delivery of it is handled again
         */
        void completed(int status);
    }

    /**
     * The event that the request tells of was handled before: this is the answer, and nothing else happens.
     *
     * @param answer what the adapter writes, as it is; its status is 200
     */
    record Handled(Answer answer) implements Decision {}

    /**
     * A better, or another, credential would help: 401.
     *
     * @param reason the stable code
     * @param detail for the log alone
     * @param answer what the adapter writes, as it is
     */
    record Challenged(RejectionReason reason, String detail, Answer answer) implements Decision {}

    /**
     * The request ends here with another status than 401.
     *
     * @param reason the stable code
     * @param detail for the log alone
     * @param answer what the adapter writes, as it is
     */
    record Refused(RejectionReason reason, String detail, Answer answer) implements Decision {}

    /**
     * One field line of an answer.
     *
     * @param name a token (RFC 9110 section 5.1)
     * @param value printable ASCII, spaces and tabs, not empty
     */
    record Field(String name, String value) {
        /** @throws IllegalArgumentException if it is no field line; the message does not show the value */
        public Field {
            if (!FieldValue.isToken(name)) {
                throw new IllegalArgumentException("The name of a field is a token");
            }
            boolean printable = !value.isEmpty();
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                printable &= (c >= ' ' && c <= '~') || c == '\t';
            }
            if (!printable) {
                throw new IllegalArgumentException("The value of the field " + name + " is printable ASCII");
            }
        }
    }

    /**
     * A complete answer that an adapter writes without adding to it.
     *
     * @param status the HTTP status
     * @param challenges one {@code WWW-Authenticate} field line each, in order; at least one with 401
     * @param retryAfter the {@code Retry-After}, if the answer has one
     * @param fields further field lines, in order
     * @param contentType the media type of the body
     * @param body the body, empty for none
     */
    record Answer(
            int status,
            List<String> challenges,
            Optional<Duration> retryAfter,
            List<Field> fields,
            String contentType,
            String body) {
        /** Copies the lists; a 401 without a challenge does not exist (RFC 9110 section 15.5.2). */
        public Answer {
            challenges = List.copyOf(challenges);
            fields = List.copyOf(fields);
            if (status == 401 && challenges.isEmpty()) {
                throw new IllegalArgumentException("A 401 needs a challenge");
            }
        }

        /** An answer without further fields. */
        public Answer(
                int status, List<String> challenges, Optional<Duration> retryAfter, String contentType, String body) {
            this(status, challenges, retryAfter, List.of(), contentType, body);
        }
    }

    /** Handles each outcome. */
    default <T> T match(
            Function<Admitted, T> admitted,
            Function<Handled, T> handled,
            Function<Challenged, T> challenged,
            Function<Refused, T> refused) {
        if (this instanceof Admitted a) {
            return admitted.apply(a);
        }
        if (this instanceof Handled h) {
            return handled.apply(h);
        }
        if (this instanceof Challenged c) {
            return challenged.apply(c);
        }
        return refused.apply((Refused) this);
    }
}
