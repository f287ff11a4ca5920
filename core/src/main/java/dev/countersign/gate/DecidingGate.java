package dev.countersign.gate;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.ChallengeTemplate;
import dev.countersign.Claim;
import dev.countersign.Credential;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Gate;
import dev.countersign.Identity;
import dev.countersign.Problem;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.Verification;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditEvent.Outcome;
import dev.countersign.audit.AuditTrail;
import dev.countersign.authorization.Authorization;
import dev.countersign.authorization.Verdict;
import dev.countersign.gate.Challenges.Ask;
import dev.countersign.gate.Challenges.Lines;
import dev.countersign.http.PathPolicy;
import dev.countersign.http.QueryCredentials;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of checks of SPEC section 2.8 and the deciding of section 3, read from top to bottom. Every way out audits:
 * exactly one event per decision.
 */
final class DecidingGate implements Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final int MAX_PLANS = 10_000;

    private final List<ConfiguredScheme> schemes;
    private final GateSettings settings;
    private final TransportCheck transport;
    private final QueryCredentials queryCredentials;
    private final Challenges challenges;
    private final Answers answers;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final ConcurrentHashMap<AccessRule, RulePlan> plans = new ConcurrentHashMap<>();
    private final RulePlan noRule;

    DecidingGate(List<ConfiguredScheme> schemes, GateSettings settings, AuditTrail audit, InstantSource clock) {
        this.schemes = List.copyOf(schemes);
        this.settings = settings;
        this.audit = audit;
        this.clock = clock;
        Set<String> carriers = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (ConfiguredScheme configured : schemes) {
            carriers.addAll(configured.scheme().carriers());
            prefixes.addAll(configured.scheme().prefixes());
        }
        this.transport = new TransportCheck(settings, Set.copyOf(carriers));
        this.queryCredentials = QueryCredentials.of(settings.queryNames(), prefixes);
        this.challenges = new Challenges(this.schemes, settings);
        this.answers = new Answers(settings);
        this.noRule = new RulePlan(AccessRule.denyAll(), this.schemes);
    }

    @Override
    public Optional<Decision.Refused> screen(Exchange exchange) {
        return screen(exchange, settings.paths());
    }

    @Override
    public Optional<Decision.Refused> screen(Exchange exchange, PathPolicy paths) {
        if (!transport.accepts(exchange) && transport.carriesCredential(exchange)) {
            signal(AuditEvent.SignalType.CREDENTIAL_CLEARTEXT, exchange);
            return Optional.of(refusal(exchange, noRule, RejectionReason.HTTPS_REQUIRED, "credential_over_http"));
        }
        Optional<String> badPath = paths.check(exchange.rawPath());
        return badPath.map(detail -> refusal(exchange, noRule, RejectionReason.BAD_PATH, detail));
    }

    @Override
    public Decision decide(Exchange exchange, AccessRule rule) {
        try {
            return judge(exchange, plan(rule));
        } catch (RuntimeException | StackOverflowError e) {
            return fault(exchange, e);
        }
    }

    @Override
    public Decision decideAgain(Exchange exchange, AccessRule rule, List<Identity> identities) {
        try {
            return judgeAgain(exchange, plan(rule), identities);
        } catch (RuntimeException | StackOverflowError e) {
            return fault(exchange, e);
        }
    }

    @Override
    public Decision.Refused fault(Exchange exchange, String detail) {
        return refusal(exchange, noRule, RejectionReason.INTERNAL, detail);
    }

    private Decision judge(Exchange exchange, RulePlan plan) {
        AccessRule rule = plan.rule();
        AccessRule.Mode mode = rule.mode();
        boolean lenient = mode == AccessRule.Mode.OPTIONAL_IGNORE;
        if (!rule.admitsAnonymous() && mode != AccessRule.Mode.DENY && !transport.accepts(exchange)) {
            return refusal(exchange, plan, RejectionReason.HTTPS_REQUIRED, "rule_over_http");
        }
        if (mode == AccessRule.Mode.DENY) {
            return denied(exchange, plan);
        }
        if (queryCredentials.presentIn(exchange.rawQuery())) {
            signal(AuditEvent.SignalType.CREDENTIAL_IN_URL, exchange);
            if (!lenient) {
                return credentialsInUrl(exchange, plan);
            }
        }
        Claims claims = Claims.of(exchange, plan, schemes);
        String ambiguity = claims.ambiguity();
        if (ambiguity != null) {
            return ambiguous(exchange, plan, claims, ambiguity);
        }
        Judgement judgement = new Judgement(exchange, plan, claims);
        Outcomes outcome = judgement.run();
        if (outcome.identities != null) {
            return authorise(exchange, plan, outcome.identities, judgement, true);
        }
        boolean invalid = outcome.failed != null || outcome.unavailable != null || judgement.sawRelevant();
        if (lenient || (mode == AccessRule.Mode.OPTIONAL_REJECT && !invalid)) {
            if (rule.admitsAnonymous()) {
                return anonymous(exchange, plan, judgement, outcome, invalid);
            }
        }
        if (outcome.unavailable != null) {
            return unavailable(exchange, plan, judgement, outcome.unavailable);
        }
        if (outcome.failed != null) {
            return failed(exchange, plan, judgement, outcome.failed);
        }
        return missing(exchange, plan, claims, judgement);
    }

    private Decision judgeAgain(Exchange exchange, RulePlan plan, List<Identity> identities) {
        if (plan.rule().mode() == AccessRule.Mode.DENY) {
            return denied(exchange, plan);
        }
        for (int[] alternative : plan.alternatives()) {
            List<Identity> parts = new ArrayList<>(alternative.length);
            for (int scheme : alternative) {
                for (Identity identity : identities) {
                    if (identity.scheme().equals(schemes.get(scheme).scheme().name())) {
                        parts.add(identity);
                        break;
                    }
                }
            }
            if (parts.size() == alternative.length) {
                return authorise(exchange, plan, parts, null, false);
            }
        }
        if (plan.rule().admitsAnonymous()) {
            return new Decision.Admitted(Caller.ANONYMOUS);
        }
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            asks.add(Ask.plain(scheme));
        }
        return challenged(exchange, plan, RejectionReason.CREDENTIALS_REQUIRED, "dispatch_target", asks, null);
    }

    // ---- deciding (SPEC section 3) ----

    /** How the deciding ended: with identities, with a failure, with "cannot tell", or with none of them. */
    private static final class Outcomes {
        private final @Nullable List<Identity> identities;
        private final @Nullable Failure failed;
        private final @Nullable StoreUnavailableException unavailable;

        private Outcomes(
                @Nullable List<Identity> identities,
                @Nullable Failure failed,
                @Nullable StoreUnavailableException unavailable) {
            this.identities = identities;
            this.failed = failed;
            this.unavailable = unavailable;
        }
    }

    /** Whose credential failed, and why. */
    private record Failure(
            int scheme,
            RejectionReason reason,
            String detail,
            @Nullable ChallengeTemplate template) {}

    /** One request's way through its alternatives. Lives for one call of {@link #decide}, on one thread. */
    private final class Judgement {
        private final Exchange exchange;
        private final RulePlan plan;
        private final Claims claims;
        private final @Nullable Identity[] verified = new @Nullable Identity[schemes.size()];
        private final @Nullable Failure[] failures = new @Nullable Failure[schemes.size()];

        Judgement(Exchange exchange, RulePlan plan, Claims claims) {
            this.exchange = exchange;
            this.plan = plan;
            this.claims = claims;
        }

        Outcomes run() {
            boolean explicitSent = false;
            // 1. Every relevant explicit credential is verified; one that is malformed or fails ends the matter.
            for (int scheme : plan.schemes()) {
                if (schemes.get(scheme).scheme().ambient() || !claims.used(scheme)) {
                    continue;
                }
                explicitSent = true;
                Claim.Malformed malformed = claims.malformed(scheme);
                if (malformed != null) {
                    return failure(new Failure(scheme, malformed.reason(), malformed.detail(), null));
                }
            }
            for (int scheme : plan.schemes()) {
                Credential credential = claims.credential(scheme);
                if (credential == null || schemes.get(scheme).scheme().ambient()) {
                    continue;
                }
                try {
                    Failure failure = verify(scheme, credential);
                    if (failure != null) {
                        return failure(failure);
                    }
                } catch (StoreUnavailableException e) {
                    return new Outcomes(null, null, e);
                }
            }
            // 2. and 3. Alternatives in order; an ambient part is verified only in the alternative being tried.
            Failure ambientFailure = null;
            for (int[] alternative : plan.alternatives()) {
                if (!allPresent(alternative)) {
                    continue;
                }
                Failure failure;
                try {
                    failure = verifyAmbient(alternative);
                } catch (StoreUnavailableException e) {
                    return new Outcomes(null, null, e);
                }
                if (failure == null) {
                    return new Outcomes(identities(alternative), null, null);
                }
                ambientFailure = ambientFailure == null ? failure : ambientFailure;
            }
            if (ambientFailure != null && !explicitSent) {
                return failure(ambientFailure);
            }
            return new Outcomes(null, null, null);
        }

        /** Whether anything was sent that a scheme of the rule reads. */
        boolean sawRelevant() {
            for (int scheme : plan.schemes()) {
                if (claims.used(scheme)) {
                    return true;
                }
            }
            return false;
        }

        /** Whether the part is there and nothing says that it is bad. */
        boolean satisfied(int scheme) {
            return claims.credential(scheme) != null && failures[scheme] == null;
        }

        private Outcomes failure(Failure failure) {
            failures[failure.scheme()] = failure;
            return new Outcomes(null, failure, null);
        }

        private boolean allPresent(int[] alternative) {
            for (int scheme : alternative) {
                if (claims.credential(scheme) == null && claims.malformed(scheme) == null) {
                    return false;
                }
            }
            return true;
        }

        private @Nullable Failure verifyAmbient(int[] alternative) {
            for (int scheme : alternative) {
                if (verified[scheme] != null) {
                    continue;
                }
                Failure known = failures[scheme];
                if (known != null) {
                    return known;
                }
                Claim.Malformed malformed = claims.malformed(scheme);
                Credential credential = claims.credential(scheme);
                Failure failure = malformed != null || credential == null
                        ? new Failure(
                                scheme,
                                malformed == null ? RejectionReason.CREDENTIALS_INVALID : malformed.reason(),
                                malformed == null ? "absent" : malformed.detail(),
                                null)
                        : verify(scheme, credential);
                if (failure != null) {
                    failures[scheme] = failure;
                    return failure;
                }
            }
            return null;
        }

        private @Nullable Failure verify(int scheme, Credential credential) {
            ConfiguredScheme configured = schemes.get(scheme);
            Verification verification = configured.scheme().verify(credential, exchange);
            if (verification instanceof Verification.Verified good) {
                verified[scheme] = withTenant(good.identity(), configured);
                return null;
            }
            Verification.Rejected bad = (Verification.Rejected) verification;
            return new Failure(
                    scheme, bad.reason(), bad.detail(), configured.scheme().challengeTemplate(credential));
        }

        private List<Identity> identities(int[] alternative) {
            List<Identity> identities = new ArrayList<>(alternative.length);
            for (int scheme : alternative) {
                Identity identity = verified[scheme];
                if (identity == null) {
                    throw new IllegalStateException("A part was not verified");
                }
                identities.add(identity);
            }
            return identities;
        }

        List<String> schemeNames() {
            List<String> names = new ArrayList<>(2);
            for (int scheme : plan.schemes()) {
                if (claims.used(scheme)) {
                    names.add(schemes.get(scheme).scheme().name());
                }
            }
            return names;
        }

        List<String> hints() {
            List<String> hints = new ArrayList<>(2);
            for (int scheme : plan.schemes()) {
                if (claims.used(scheme)) {
                    Identity identity = verified[scheme];
                    Credential credential = claims.credential(scheme);
                    hints.add(identity != null ? identity.hint() : credential != null ? credential.hint() : "");
                }
            }
            return hints;
        }
    }

    private static Identity withTenant(Identity identity, ConfiguredScheme configured) {
        if (configured.tenant().isEmpty() || identity.tenant().isPresent()) {
            return identity;
        }
        return identity.withTenant(configured.tenant().get());
    }

    // ---- what an admitted caller must have (SPEC section 2.8: tenant, roles, scopes) ----

    private Decision authorise(
            Exchange exchange,
            RulePlan plan,
            List<Identity> identities,
            @Nullable Judgement judgement,
            boolean audited) {
        if (!sameTenant(identities)) {
            if (plan.rule().mode() == AccessRule.Mode.OPTIONAL_IGNORE
                    && plan.rule().admitsAnonymous()) {
                if (audited) {
                    String code = RejectionReason.TENANT_MISMATCH.code();
                    record(exchange, plan, judgement, Outcome.IGNORED, Caller.ANONYMOUS, 0, code, "tenants");
                }
                return new Decision.Admitted(Caller.ANONYMOUS);
            }
            return refuse(exchange, plan, RejectionReason.TENANT_MISMATCH, "tenants", Lines.NONE, judgement, null);
        }
        Caller caller = Caller.of(identities);
        Verdict verdict = Authorization.judge(plan.rule(), caller);
        if (verdict instanceof Verdict.Denied) {
            return denied(exchange, plan);
        }
        if (verdict instanceof Verdict.MissingRole) {
            return refuse(exchange, plan, RejectionReason.INSUFFICIENT_ROLE, "role", Lines.NONE, judgement, caller);
        }
        if (verdict instanceof Verdict.MissingScope missing) {
            return lacksScope(exchange, plan, missing, judgement, caller);
        }
        if (audited && audit.wantsSuccesses()) {
            record(exchange, plan, judgement, Outcome.SUCCESS, caller, 0, "", "");
        }
        return new Decision.Admitted(caller);
    }

    private static boolean sameTenant(List<Identity> identities) {
        String tenant = null;
        for (Identity identity : identities) {
            String own = identity.tenant().orElse(null);
            if (own == null) {
                continue;
            }
            if (tenant != null && !tenant.equals(own)) {
                return false;
            }
            tenant = own;
        }
        return true;
    }

    /** R12 if a token lacks the scope (then its challenge says so), else R14. */
    private Decision lacksScope(
            Exchange exchange,
            RulePlan plan,
            Verdict.MissingScope missing,
            @Nullable Judgement judgement,
            Caller caller) {
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            if (missing.lacking().contains(schemes.get(scheme).scheme().name())) {
                Credential credential = judgement == null ? null : judgement.claims.credential(scheme);
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

    // ---- the ways out ----

    private Decision anonymous(
            Exchange exchange, RulePlan plan, Judgement judgement, Outcomes outcome, boolean ignored) {
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
        } else if (audit.wantsSuccesses()) {
            record(exchange, plan, judgement, Outcome.SUCCESS, Caller.ANONYMOUS, 0, "", "");
        }
        return new Decision.Admitted(Caller.ANONYMOUS);
    }

    /** Nothing decided, nothing failed: R1, R2 or, if an alternative is partly satisfied, R44. */
    private Decision missing(Exchange exchange, RulePlan plan, Claims claims, Judgement judgement) {
        boolean sentElsewhere = false;
        for (int scheme = 0; scheme < schemes.size(); scheme++) {
            sentElsewhere |= !plan.names(scheme) && claims.used(scheme);
        }
        String detail = judgement.sawRelevant() ? "incomplete" : sentElsewhere ? "not_accepted_here" : "absent";
        return challenged(
                exchange, plan, RejectionReason.CREDENTIALS_REQUIRED, detail, asks(plan, judgement, null), judgement);
    }

    private Decision failed(Exchange exchange, RulePlan plan, Judgement judgement, Failure failure) {
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
    private static List<Ask> malformedAsks(RulePlan plan, Judgement judgement, Failure failure) {
        List<Ask> asks = new ArrayList<>();
        for (int scheme : plan.schemes()) {
            Claim.Malformed malformed = judgement.claims.malformed(scheme);
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

    private Decision ambiguous(Exchange exchange, RulePlan plan, Claims claims, String detail) {
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
    private Decision credentialsInUrl(Exchange exchange, RulePlan plan) {
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

    private Decision denied(Exchange exchange, RulePlan plan) {
        int status = settings.denyAsNotFound() ? 404 : RejectionReason.DENIED.status();
        return finish(exchange, plan, RejectionReason.DENIED, status, "deny", Lines.NONE, Optional.empty(), null, null);
    }

    private Decision unavailable(
            Exchange exchange, RulePlan plan, Judgement judgement, StoreUnavailableException cause) {
        LOG.error("Request {} cannot be judged: {}", exchange.requestId(), cause.getMessage());
        return finish(
                exchange,
                plan,
                RejectionReason.AUTH_UNAVAILABLE,
                RejectionReason.AUTH_UNAVAILABLE.status(),
                "store_unavailable",
                Lines.NONE,
                Optional.of(cause.retryAfter()),
                judgement,
                null);
    }

    /** R39: our own fault. The message of the exception may hold anything, so only its kind and place are logged. */
    private Decision fault(Exchange exchange, Throwable fault) {
        LOG.error("Request {} failed inside of authentication: {}", exchange.requestId(), Faults.describe(fault));
        return refusal(exchange, noRule, RejectionReason.INTERNAL, "fault");
    }

    private Decision.Refused refusal(Exchange exchange, RulePlan plan, RejectionReason reason, String detail) {
        return (Decision.Refused)
                finish(exchange, plan, reason, reason.status(), detail, Lines.NONE, Optional.empty(), null, null);
    }

    private Decision challenged(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            List<Ask> asks,
            @Nullable Judgement judgement) {
        Lines lines = challenges.lines(asks, plan, exchange);
        return finish(exchange, plan, reason, 401, detail, lines, Optional.empty(), judgement, null);
    }

    private Decision refuse(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            String detail,
            Lines lines,
            @Nullable Judgement judgement,
            @Nullable Caller caller) {
        return finish(exchange, plan, reason, reason.status(), detail, lines, Optional.empty(), judgement, caller);
    }

    private Decision finish(
            Exchange exchange,
            RulePlan plan,
            RejectionReason reason,
            int status,
            String detail,
            Lines lines,
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
        Decision.Answer answer = answers.of(problem, lines.fields(), retryAfter, exchange);
        return status == 401
                ? new Decision.Challenged(reason, detail, answer)
                : new Decision.Refused(reason, detail, answer);
    }

    private void record(
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

    private void signal(AuditEvent.SignalType type, Exchange exchange) {
        audit.record(new AuditEvent.Signal(type, clock.instant(), Events.facts(exchange), Optional.empty()));
    }

    private RulePlan plan(AccessRule rule) {
        RulePlan known = plans.get(rule);
        if (known != null) {
            return known;
        }
        RulePlan plan = new RulePlan(rule, schemes);
        if (plans.size() < MAX_PLANS) {
            plans.put(rule, plan);
        }
        return plan;
    }
}
