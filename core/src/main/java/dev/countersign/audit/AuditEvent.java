package dev.countersign.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Something worth keeping. Carries hints, never a credential. */
public sealed interface AuditEvent {
    /** How urgent an event is. */
    enum Level {
        /** The usual course. */
        NORMAL,
        /** Violations, rotation, attacks, credentials in the wrong place. */
        HIGH
    }

    /** The stable name, such as {@code auth.success}. */
    String type();

    /** How urgent it is. */
    Level level();

    /** When it happened. */
    Instant time();

    /** The request it belongs to, as far as it is known; all fields empty for events outside of requests. */
    RequestFacts request();

    /**
     * What an event tells of its request.
     *
     * @param requestId the id that the client was told as {@code instance}
     * @param client the client's address, by the trusted walk
     * @param peer the address of the socket's other end
     * @param userAgent cut to 200 characters
     * @param method the HTTP method
     * @param route the route template or servlet mapping
     */
    record RequestFacts(String requestId, String client, String peer, String userAgent, String method, String route) {
        /** For events outside of requests. */
        public static final RequestFacts NONE = new RequestFacts("", "", "", "", "", "");
    }

    /** How a decision ended. */
    enum Outcome {
        /** Admitted, with or without a caller. */
        SUCCESS("auth.success", Level.NORMAL),
        /** Refused. */
        FAILURE("auth.failure", Level.NORMAL),
        /** Admitted as nobody although a credential was sent: it was not good, and the rule ignores that. */
        IGNORED("auth.ignored", Level.NORMAL),
        /** Known, and without a scope that is asked for. */
        SCOPE_VIOLATION("scope.violation", Level.HIGH),
        /** Known, and without a role that is asked for. */
        ROLE_VIOLATION("role.violation", Level.HIGH);

        private final String type;
        private final Level level;

        Outcome(String type, Level level) {
            this.type = type;
            this.level = level;
        }
    }

    /**
     * The one decision of a request.
     *
     * @param outcome how it ended
     * @param schemes the schemes whose credentials were judged, in order; empty if none was sent
     * @param hints what may be shown of these credentials, in the same order
     * @param caller the caller's name, empty if anonymous or refused before it was known
     * @param status the HTTP status of a refusal, 0 for an admission
     * @param code the stable code of a refusal, empty for an admission
     * @param detail why, for operators: lower-case words, never told to clients
     * @param rule the rule's one-line text
     */
    record Decision(
            Outcome outcome,
            Instant time,
            RequestFacts request,
            List<String> schemes,
            List<String> hints,
            String caller,
            int status,
            String code,
            String detail,
            String rule)
            implements AuditEvent {
        /** Copies the lists. */
        public Decision {
            schemes = List.copyOf(schemes);
            hints = List.copyOf(hints);
        }

        @Override
        public String type() {
            return outcome.type;
        }

        @Override
        public Level level() {
            return outcome.level;
        }
    }

    /** What a signal is about. */
    enum SignalType {
        /** A credential stood in the query string. */
        CREDENTIAL_IN_URL("credential.in_url", Level.HIGH),
        /** A credential came over plain HTTP. */
        CREDENTIAL_CLEARTEXT("credential.cleartext", Level.HIGH),
        /** A file behind a secret or a store was read again. */
        SECRET_RELOADED("secret.reloaded", Level.HIGH),
        /** The configuration works and should be better. */
        CONFIG_WARNING("config.warning", Level.NORMAL);

        private final String type;
        private final Level level;

        SignalType(String type, Level level) {
            this.type = type;
            this.level = level;
        }
    }

    /**
     * Something beside the decision.
     *
     * @param subject what it is about: a scheme, a key of the settings; never a credential
     */
    record Signal(SignalType signal, Instant time, RequestFacts request, Optional<String> subject)
            implements AuditEvent {
        @Override
        public String type() {
            return signal.type;
        }

        @Override
        public Level level() {
            return signal.level;
        }
    }
}
