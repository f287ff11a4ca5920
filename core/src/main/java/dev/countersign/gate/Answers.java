package dev.countersign.gate;

import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Problem;
import dev.countersign.RejectionReason;
import dev.countersign.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Builds complete answers: status, challenges and the problem body (RFC 9457; SPEC section 7), in one place. */
final class Answers {
    private static final String MEDIA_TYPE = "application/problem+json";

    private final GateSettings settings;

    Answers(GateSettings settings) {
        this.settings = settings;
    }

    Decision.Answer of(
            Problem problem,
            List<String> challenges,
            Optional<Duration> retryAfter,
            List<Decision.Field> fields,
            Exchange exchange) {
        if (!settings.problemBodies() || problem.reason() == RejectionReason.METHOD_NOT_ALLOWED) {
            return new Decision.Answer(problem.status(), challenges, retryAfter, fields, "", "");
        }
        return new Decision.Answer(
                problem.status(), challenges, retryAfter, fields, MEDIA_TYPE, body(problem, exchange.requestId()));
    }

    private String body(Problem problem, String requestId) {
        String code = problem.reason().code();
        JsonText body = JsonText.object()
                .member(
                        "type",
                        settings.errorsBaseUri().map(base -> base + code).orElse("about:blank"))
                .member("title", problem.reason().title())
                .member("status", problem.status())
                .member("instance", "urn:uuid:" + requestId)
                .member("code", code);
        problem.error().ifPresent(error -> body.member("error", error));
        if (!problem.accepted().isEmpty()) {
            body.lists("accepted", problem.accepted());
        }
        if (!problem.requiredScopes().isEmpty()) {
            body.member("required_scopes", problem.requiredScopes());
        }
        return body.toString();
    }
}
