package dev.countersign.servlet;

import dev.countersign.Decision;
import dev.countersign.Decision.Answer;
import dev.countersign.RejectionReason;
import dev.countersign.json.JsonText;
import java.util.List;
import java.util.Optional;

/** The answers that the adapter gives without the Gate: 405, and 500 where no rule was enforced (SPEC R39). */
final class Answers {
    private static final int METHOD_NOT_ALLOWED = 405;

    private Answers() {}

    /** Our own fault, failing closed. */
    static Answer internal(String requestId) {
        RejectionReason reason = RejectionReason.INTERNAL;
        String body = JsonText.object()
                .member("type", "about:blank")
                .member("title", reason.title())
                .member("status", reason.status())
                .member("instance", "urn:uuid:" + requestId)
                .member("code", reason.code())
                .toString();
        return new Answer(reason.status(), List.of(), Optional.empty(), "application/problem+json", body);
    }

    /** The answer of a decision that is none to go on. */
    static Answer of(Decision decision, String requestId) {
        return decision.match(admitted -> internal(requestId), Decision.Challenged::answer, Decision.Refused::answer);
    }

    /** A method that is never served. */
    static Answer methodNotAllowed() {
        return new Answer(METHOD_NOT_ALLOWED, List.of(), Optional.empty(), "", "");
    }
}
