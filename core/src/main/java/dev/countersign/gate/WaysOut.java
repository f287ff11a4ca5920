package dev.countersign.gate;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Gate;
import dev.countersign.Problem;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditEvent.Outcome;
import dev.countersign.audit.AuditTrail;
import dev.countersign.authorization.Verdict;
import dev.countersign.gate.Challenges.Ask;
import dev.countersign.gate.Challenges.Lines;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every way out of the Gate but the good one: which row of the outcome table it is, who is asked for what, and the one
 * event that tells of it.
 */
final class WaysOut {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    /** Admitted without a caller. */
    static final Decision NOBODY = new Decision.Admitted(Caller.ANONYMOUS);

    private static final Decision HANDLED =
            new Decision.Handled(new Decision.Answer(200, List.of(), Optional.empty(), "", ""));

    private static final Duration IN_PROGRESS = Duration.ofSeconds(1);

    private final List<ConfiguredScheme> schemes;
    private final GateSettings settings;
    private final Challenges challenges;
    private final Answers answers;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final RulePlan noRule;

    WaysOut(List<ConfiguredScheme> schemes, GateSettings settings, AuditTrail audit, InstantSource clock) {
        this.schemes = schemes;
        this.settings = settings;
        this.challenges = new Challenges(schemes, settings);
        this.answers = new Answers(settings);
        this.audit = audit;
        this.clock = clock;
        this.noRule = new RulePlan(AccessRule.denyAll(), schemes);
    }

    /** A refusal before any rule is known. */
    Decision.Refused refusal(Exchange exchange, RejectionReason reason, String detail) {
        return refusal(exchange, noRule, reason, detail);
    }

    /** R12 if a token lacks the scope (then its challenge says so), else R14. */
    Decision lacksScope(
            Exchange exchange,
            RulePlan plan,
            Verdict.MissingScope missing,
            @Nullable Judgement judgement,
            Caller caller) {
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            if (missing.lacking().contains(schemes.get(scheme).scheme().name())) {
                Credential credential =
                        judgement == null ? null : judgement.claims().credential(scheme);
                ChallengeTemplate template = credential == null
                        ? schemes.get(scheme).scheme().challengeTemplate()
                        : schemes.get(scheme).scheme().challengeTemplate(credential);
                if (template.explains()
                        .apply(RejectionReason.INSUFFICIENT_SCOPE)
                        .isPresent()) {
                    asks.add(new Ask(scheme, RejectionReason.INSUFFICIENT_SCOPE, template));
                }
            }
        }
        Lines lines = challenges.failureLines(asks, plan);
        return refuse(exchange, plan, RejectionReason.INSUFFICIENT_SCOPE, "scope", lines, judgement, caller);
    }

    Decision anonymous(
            Exchange exchange, RulePlan plan, Judgement judgement, Judgement.Conclusion outcome, boolean ignored) {
        if (ignored) {
            String code = "";
            String detail = "incomplete";
            if (outcome.failed != null) {
                code = outcome.failed.reason().code();
                detail = outcome.failed.detail();
            } else if (outcome.unavailable != null) {
                code = RejectionReason.AUTH_UNAVAILABLE.code();
                detail = "store_unavailable";
            }
            record(exchange, plan, judgement, Outcome.IGNORED, Caller.ANONYMOUS, 0, code, detail);
            return NOBODY;
        }
        return anonymous(exchange, plan);
    }

    /** A rule that admits everybody, and nothing that is sent to tell who it is. */
    Decision anonymous(Exchange exchange, RulePlan plan) {
        if (audit.wantsSuccesses()) {
            record(exchange, plan, null, Outcome.SUCCESS, Caller.ANONYMOUS, 0, "", "");
        }
        return NOBODY;
    }

    /** Nothing decided, nothing failed: R1, R2 or, if an alternative is partly satisfied, R44. */
    Decision missing(Exchange exchange, RulePlan plan, Claims claims, Judgement judgement) {
        boolean sent = false;
        for (int scheme = 0; scheme < schemes.size(); scheme++) {
            sent |= claims.used(scheme);
        }
        if (!judgement.sawRelevant()) {
            // R1: nothing is there, so that every scheme is asked for, each in its plain way.
            String detail = sent ? "not_accepted_here" : "absent";
            RejectionReason reason = RejectionReason.CREDENTIALS_REQUIRED;
            Decision.Answer own = plan.schemes().length == 1
                    ? ownAnswer(plan.schemes()[0], reason, detail, exchange).orElse(null)
                    : null;
            if (own != null) {
                return answered(exchange, plan, reason, detail, own, judgement);
            }
            Lines lines = challenges.plainLines(plan, exchange);
            List<Decision.Field> fields = challenges.fields(Challenges.plainAsks(plan), exchange);
            return challenged(exchange, plan, reason, detail, lines, fields, judgement);
        }
        return challenged(
                exchange,
                plan,
                RejectionReason.CREDENTIALS_REQUIRED,
                "incomplete",
                asks(plan, judgement, null),
                judgement);
    }

    Decision failed(Exchange exchange, RulePlan plan, Judgement judgement, Judgement.Failure failure) {
        Decision.Answer own = ownAnswer(failure.scheme(), failure.reason(), failure.detail(), exchange)
                .orElse(null);
        if (own != null) {
            return answered(exchange, plan, failure.reason(), failure.detail(), own, judgement);
        }
        Ask ask = new Ask(failure.scheme(), failure.reason(), failure.template());
        return switch (failure.reason().status()) {
            case 401 ->
                challenged(exchange, plan, failure.reason(), failure.detail(), asks(plan, judgement, ask), judgement);
            case 400 ->
                refuse(
                        exchange,
                        plan,
                        failure.reason(),
                        failure.detail(),
                        challenges.failureLines(malformedAsks(plan, judgement, failure), plan),
                        judgement,
                        null);
            default -> refuse(exchange, plan, failure.reason(), failure.detail(), Lines.NONE, judgement, null);
        };
    }

    /** Every scheme that could not read the same field explains it; those that share a challenge are merged. */
    private static List<Ask> malformedAsks(RulePlan plan, Judgement judgement, Judgement.Failure failure) {
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            Claim.Malformed malformed = judgement.claims().malformed(scheme);
            if (malformed != null && malformed.reason() == failure.reason()) {
                asks.add(new Ask(scheme, failure.reason(), null));
            }
        }
        return asks.isEmpty() ? List.of(new Ask(failure.scheme(), failure.reason(), failure.template())) : asks;
    }

    /**
     * Who is asked for a credential: if some alternative is partly satisfied, only what it lacks (G7, R44); else every
     * part of every alternative (G1).
     */
    private static List<Ask> asks(RulePlan plan, Judgement judgement, @Nullable Ask failed) {
        Set<Integer> lacking = new HashSet<>();
        for (int[] alternative : plan.alternatives()) {
            boolean partly = false;
            for (int scheme : alternative) {
                partly |= judgement.satisfied(scheme);
            }
            if (partly) {
                for (int scheme : alternative) {
                    if (!judgement.satisfied(scheme)) {
                        lacking.add(scheme);
                    }
                }
            }
        }
        if (failed != null && !lacking.isEmpty()) {
            lacking.add(failed.scheme());
        }
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            if (lacking.isEmpty() || lacking.contains(scheme)) {
                asks.add(failed != null && failed.scheme() == scheme ? failed : Ask.plain(scheme));
            }
        }
        return asks;
    }

    Decision ambiguous(Exchange exchange, RulePlan plan, Claims claims, String detail) {
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            if (claims.used(scheme)) {
                asks.add(new Ask(scheme, RejectionReason.MULTIPLE_CREDENTIALS, null));
            }
        }
        return refuse(
                exchange,
                plan,
                RejectionReason.MULTIPLE_CREDENTIALS,
                detail,
                challenges.failureLines(asks, plan),
                null,
                null);
    }

    /** R8: told in the token challenge if there is one, else the plain challenges. */
    Decision credentialsInUrl(Exchange exchange, RulePlan plan) {
        List<Ask> explaining = new ArrayList<>();
        List<Ask> plain = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            plain.add(Ask.plain(scheme));
            if (schemes.get(scheme)
                    .scheme()
                    .challengeTemplate()
                    .explains()
                    .apply(RejectionReason.CREDENTIALS_IN_URL)
                    .isPresent()) {
                explaining.add(new Ask(scheme, RejectionReason.CREDENTIALS_IN_URL, null));
            }
        }
        Lines lines = explaining.isEmpty()
                ? challenges.lines(plain, plan, exchange)
                : challenges.failureLines(explaining, plan);
        return refuse(exchange, plan, RejectionReason.CREDENTIALS_IN_URL, "query", lines, null, null);
    }

    Decision denied(Exchange exchange, RulePlan plan) {
        int status = settings.denyAsNotFound() ? 404 : RejectionReason.DENIED.status();
        return finish(
                exchange,
                plan,
                RejectionReason.DENIED,
                status,
                "deny",
                Lines.NONE,
                List.of(),
                Optional.empty(),
                null,
                null);
    }

    /** R31: nothing is left to do, and the sender is told that all is well. */
    Decision eventHandled(Exchange exchange, RulePlan plan, @Nullable Judgement judgement, Caller caller) {
        if (audit.wantsSuccesses()) {
            record(exchange, plan, judgement, Outcome.SUCCESS, caller, 0, "", "webhook_duplicate");
        }
        return HANDLED;
    }

    /** R31b: whether it will have been handled is not known yet. */
    Decision eventInProgress(Exchange exchange, RulePlan plan, @Nullable Judgement judgement, Caller caller) {
        RejectionReason reason = RejectionReason.WEBHOOK_IN_PROGRESS;
        return finish(
                exchange,
                plan,
                reason,
                reason.status(),
                "running",
                Lines.NONE,
                List.of(),
                Optional.of(IN_PROGRESS),
                judgement,
                caller);
    }

    /** A rule that handles events once, and a credential that tells of none: nobody could tell it from the next one. */
    Decision noEvent(Exchange exchange, RulePlan plan) {
        LOG.error(
                "Request {} tells of no event, which the rule \"{}\" handles once: answered 500",
                exchange.requestId(),
                plan.text());
        return refusal(exchange, plan, RejectionReason.INTERNAL, "no_event");
    }

    Decision unavailable(
            Exchange exchange, RulePlan plan, @Nullable Judgement judgement, StoreUnavailableException cause) {
        LOG.error("Request {} cannot be judged: {}", exchange.requestId(), cause.getMessage());
        return finish(
                exchange,
                plan,
                RejectionReason.AUTH_UNAVAILABLE,
                RejectionReason.AUTH_UNAVAILABLE.status(),
                "store_unavailable",
                Lines.NONE,
                List.of(),
                Optional.of(cause.retryAfter()),
                judgement,
                null);
    }

    /** R39: our own fault. The message of the exception may hold anything, so only its kind and place are logged. */
    Decision.Refused fault(Exchange exchange, Throwable fault) {
        LOG.error("Request {} failed inside of authentication: {}", exchange.requestId(), Faults.describe(fault));
        return refusal(exchange, noRule, RejectionReason.INTERNAL, "fault");
    }

    Decision.Refused refusal(Exchange exchange, RulePlan plan, RejectionReason reason, String detail) {
        return (Decision.Refused) finish(
                exchange, plan, reason, reason.status(), detail, Lines.NONE, List.of(), Optional.empty(), null, null);
    }

    Decision challenged(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            List<Ask> asks,
            @Nullable Judgement judgement) {
        Lines lines = challenges.lines(asks, plan, exchange);
        return challenged(exchange, plan, reason, detail, lines, challenges.fields(asks, exchange), judgement);
    }

    private Decision challenged(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            Lines lines,
            List<Decision.Field> fields,
            @Nullable Judgement judgement) {
        return finish(exchange, plan, reason, 401, detail, lines, fields, Optional.empty(), judgement, null);
    }

    /** What a scheme answers in its own protocol; never a way in. */
    private Optional<Decision.Answer> ownAnswer(int scheme, RejectionReason reason, String detail, Exchange exchange) {
        Optional<Decision.Answer> own = schemes.get(scheme).scheme().ownAnswer(reason, detail, exchange);
        if (own.isPresent() && own.get().status() < 400) {
            throw new IllegalStateException("The own answer of a scheme to a failure is none: " + reason.code());
        }
        return own;
    }

    private Decision answered(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            Decision.Answer answer,
            Judgement judgement) {
        record(exchange, plan, judgement, Outcome.FAILURE, Caller.ANONYMOUS, answer.status(), reason.code(), detail);
        return decision(reason, detail, answer);
    }

    private static Decision decision(RejectionReason reason, String detail, Decision.Answer answer) {
        return answer.status() == 401
                ? new Decision.Challenged(reason, detail, answer)
                : new Decision.Refused(reason, detail, answer);
    }

    Decision refuse(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            Lines lines,
            @Nullable Judgement judgement,
            @Nullable Caller caller) {
        return finish(
                exchange, plan, reason, reason.status(), detail, lines, List.of(), Optional.empty(), judgement, caller);
    }

    private Decision finish(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            int status,
            String detail,
            Lines lines,
            List<Decision.Field> fields,
            Optional<Duration> retryAfter,
            @Nullable Judgement judgement,
            @Nullable Caller caller) {
        Outcome outcome = switch (reason) {
            case INSUFFICIENT_SCOPE -> Outcome.SCOPE_VIOLATION;
            case INSUFFICIENT_ROLE -> Outcome.ROLE_VIOLATION;
            default -> Outcome.FAILURE;
        };
        record(
                exchange,
                plan,
                judgement,
                outcome,
                caller == null ? Caller.ANONYMOUS : caller,
                status,
                reason.code(),
                detail);
        Problem problem = new Problem(
                reason,
                status,
                lines.error(),
                status == 401 ? plan.accepted() : List.of(),
                reason == RejectionReason.INSUFFICIENT_SCOPE ? plan.requiredScopes() : List.of());
        return decision(reason, detail, answers.of(problem, lines.fields(), retryAfter, fields, exchange));
    }

    void record(
            Exchange exchange,
            RulePlan plan,
            @Nullable Judgement judgement,
            Outcome outcome,
            Caller caller,
            int status,
            String code,
            String detail) {
        audit.record(new AuditEvent.Decision(
                outcome,
                clock.instant(),
                Events.facts(exchange),
                judgement == null ? List.of() : judgement.schemeNames(),
                judgement == null ? List.of() : judgement.hints(),
                caller.isAnonymous() ? "" : caller.getName(),
                status,
                code,
                detail,
                plan == noRule ? "" : plan.text()));
    }

    void signal(AuditEvent.SignalType type, Exchange exchange) {
        audit.record(new AuditEvent.Signal(type, clock.instant(), Events.facts(exchange), Optional.empty()));
    }
}
