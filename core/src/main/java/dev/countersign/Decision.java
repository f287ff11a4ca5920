package dev.countersign;

import dev.countersign.http.FieldValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the {@link Gate} decided. */
public sealed interface Decision {
    /** The request goes on, in this caller's name. */
    record Admitted(Caller caller) implements Decision {}

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
            Function<Admitted, T> admitted, Function<Challenged, T> challenged, Function<Refused, T> refused) {
        if (this instanceof Admitted a) {
            return admitted.apply(a);
        }
        if (this instanceof Challenged c) {
            return challenged.apply(c);
        }
        return refused.apply((Refused) this);
    }
}
