package dev.countersign.gate;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.Exchange;
import dev.countersign.Gate;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.StoreUnavailableException;
import dev.countersign.audit.AuditEvent;
import dev.countersign.audit.AuditEvent.Outcome;
import dev.countersign.audit.AuditTrail;
import dev.countersign.authorization.Authorization;
import dev.countersign.authorization.Verdict;
import dev.countersign.gate.Challenges.Lines;
import dev.countersign.http.Ascii;
import dev.countersign.http.PathPolicy;
import dev.countersign.http.QueryCredentials;
import dev.countersign.state.State;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The order of checks of SPEC section 2.8 and the deciding of section 3, read from top to bottom. Every way out
 * audits: exactly one event per decision.
 */
final class DecidingGate implements Gate {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE");

    private static final int MAX_PLANS = 10_000;

    private final List<ConfiguredScheme> schemes;
    private final GateSettings settings;
    private final TransportCheck transport;
    private final QueryCredentials queryCredentials;
    private final Claims nothing;
    private final WaysOut out;
    private final AuditTrail audit;
    private final State state;
    private final ConcurrentHashMap<AccessRule, RulePlan> plans = new ConcurrentHashMap<>();

    DecidingGate(
            List<ConfiguredScheme> schemes, GateSettings settings, AuditTrail audit, State state, InstantSource clock) {
        this.schemes = List.copyOf(schemes);
        this.settings = settings;
        this.audit = audit;
        this.state = state;
        Set<String> carriers = new HashSet<>();
        Set<String> queryCarriers = new HashSet<>();
        Set<String> prefixes = new HashSet<>();
        for (ConfiguredScheme configured : schemes) {
            carriers.addAll(configured.scheme().carriers());
            queryCarriers.addAll(configured.scheme().queryCarriers());
            prefixes.addAll(configured.scheme().prefixes());
        }
        this.transport = new TransportCheck(settings, Set.copyOf(carriers), queryCarriers);
        this.queryCredentials = QueryCredentials.of(settings.queryNames(), prefixes);
        this.nothing = Claims.nothing(schemes.size());
        this.out = new WaysOut(this.schemes, settings, audit, clock);
    }

    @Override
    public Optional<Decision.Refused> screen(Exchange exchange) {
        return screen(exchange, settings.paths());
    }

    @Override
    public Optional<Decision.Refused> screen(Exchange exchange, PathPolicy paths) {
        try {
            if (!transport.accepts(exchange) && transport.carriesCredential(exchange)) {
                out.signal(AuditEvent.SignalType.CREDENTIAL_CLEARTEXT, exchange);
                return Optional.of(out.refusal(exchange, RejectionReason.HTTPS_REQUIRED, "credential_over_http"));
            }
            Optional<String> badPath = paths.check(exchange.rawPath());
            if (badPath.isPresent()) {
                return Optional.of(out.refusal(exchange, RejectionReason.BAD_PATH, badPath.get()));
            }
            Optional<String> badMethod = methodProblem(exchange.method());
            return badMethod.isEmpty()
                    ? Optional.empty()
                    : Optional.of(out.refusal(exchange, RejectionReason.METHOD_NOT_ALLOWED, badMethod.get()));
        } catch (RuntimeException e) {
            return Optional.of(out.fault(exchange, e));
        }
    }

    private static Optional<String> methodProblem(String method) {
        switch (method) {
            case "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS" -> {
                return Optional.empty();
            }
            case "TRACE" -> {
                // RFC 9110 section 9.3.8: an echo would show credentials to scripts.
                return Optional.of("trace");
            }
            default -> {
                // Methods are case-sensitive (section 9.1), but there are runtimes that answer "options" like OPTIONS.
                for (String known : METHODS) {
                    if (Ascii.equalsIgnoreCase(known, method)) {
                        return Optional.of("method_case");
                    }
                }
                return Optional.empty();
            }
        }
    }

    @Override
    public Decision decide(Exchange exchange, AccessRule rule) {
        try {
            return judge(exchange, plan(rule));
        } catch (RuntimeException | StackOverflowError e) {
            return out.fault(exchange, e);
        }
    }

    @Override
    public Decision decideAgain(
            Exchange exchange, AccessRule rule, List<Identity> identities, Optional<Decision.Completion> completion) {
        try {
            EventClaim claim = completion.orElse(null) instanceof EventClaim ours ? ours : null;
            return judgeAgain(exchange, plan(rule), identities, claim);
        } catch (RuntimeException | StackOverflowError e) {
            return out.fault(exchange, e);
        }
    }

    @Override
    public Decision.Refused fault(Exchange exchange, String detail) {
        return out.refusal(exchange, RejectionReason.INTERNAL, detail);
    }

    private Decision judge(Exchange exchange, RulePlan plan) {
        AccessRule rule = plan.rule();
        AccessRule.Mode mode = rule.mode();
        boolean lenient = mode == AccessRule.Mode.OPTIONAL_IGNORE;
        if (needsHttps(exchange, rule)) {
            return out.refusal(exchange, plan, RejectionReason.HTTPS_REQUIRED, "rule_over_http");
        }
        if (mode == AccessRule.Mode.DENY) {
            return out.denied(exchange, plan);
        }
        if (queryCredentials.presentIn(exchange.rawQuery())) {
            out.signal(AuditEvent.SignalType.CREDENTIAL_IN_URL, exchange);
            if (!lenient) {
                return out.credentialsInUrl(exchange, plan);
            }
        }
        Claims claims = Claims.of(exchange, plan, schemes, nothing);
        if (claims == nothing && rule.admitsAnonymous()) {
            return out.anonymous(exchange, plan);
        }
        String ambiguity = claims.ambiguity();
        if (ambiguity != null) {
            return out.ambiguous(exchange, plan, claims, ambiguity);
        }
        Judgement judgement = new Judgement(exchange, plan, claims, schemes);
        Judgement.Conclusion outcome = judgement.run();
        if (outcome.identities != null) {
            EventClaim claim =
                    outcome.events.isEmpty() ? null : new EventClaim(state, outcome.events, exchange.requestId());
            return authorise(exchange, plan, outcome.identities, claim, judgement, true);
        }
        boolean invalid = outcome.failed != null || outcome.unavailable != null || judgement.sawRelevant();
        if (lenient || (mode == AccessRule.Mode.OPTIONAL_REJECT && !invalid)) {
            if (rule.admitsAnonymous()) {
                return out.anonymous(exchange, plan, judgement, outcome, invalid);
            }
        }
        if (outcome.unavailable != null) {
            return out.unavailable(exchange, plan, judgement, outcome.unavailable);
        }
        if (outcome.failed != null) {
            return out.failed(exchange, plan, judgement, outcome.failed);
        }
        return out.missing(exchange, plan, claims, judgement);
    }

    /** R35: a rule that needs a credential never invites one over plain HTTP, and takes none that came so. */
    private boolean needsHttps(Exchange exchange, AccessRule rule) {
        return !rule.admitsAnonymous() && rule.mode() != AccessRule.Mode.DENY && !transport.accepts(exchange);
    }

    private Decision judgeAgain(
            Exchange exchange, RulePlan plan, List<Identity> identities, @Nullable EventClaim claim) {
        if (needsHttps(exchange, plan.rule())) {
            return out.refusal(exchange, plan, RejectionReason.HTTPS_REQUIRED, "rule_over_http");
        }
        if (plan.rule().mode() == AccessRule.Mode.DENY) {
            return out.denied(exchange, plan);
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
                return authorise(exchange, plan, parts, claim, null, false);
            }
        }
        if (plan.rule().admitsAnonymous()) {
            return WaysOut.NOBODY;
        }
        return out.challenged(
                exchange,
                plan,
                RejectionReason.CREDENTIALS_REQUIRED,
                "dispatch_target",
                Challenges.plainAsks(plan),
                null);
    }

    /** What an admitted caller must have (SPEC section 2.8): one tenant, roles, scopes, and an event that is new. */
    private Decision authorise(
            Exchange exchange,
            RulePlan plan,
            List<Identity> identities,
            @Nullable EventClaim claim,
            @Nullable Judgement judgement,
            boolean audited) {
        if (!sameTenant(identities)) {
            if (plan.rule().mode() == AccessRule.Mode.OPTIONAL_IGNORE
                    && plan.rule().admitsAnonymous()) {
                if (audited) {
                    String code = RejectionReason.TENANT_MISMATCH.code();
                    out.record(exchange, plan, judgement, Outcome.IGNORED, Caller.ANONYMOUS, 0, code, "tenants");
                }
                return WaysOut.NOBODY;
            }
            return out.refuse(exchange, plan, RejectionReason.TENANT_MISMATCH, "tenants", Lines.NONE, judgement, null);
        }
        Caller caller = Caller.of(identities);
        Verdict verdict = Authorization.judge(plan.rule(), caller);
        if (verdict instanceof Verdict.Denied) {
            return out.denied(exchange, plan);
        }
        if (verdict instanceof Verdict.MissingRole) {
            return out.refuse(exchange, plan, RejectionReason.INSUFFICIENT_ROLE, "role", Lines.NONE, judgement, caller);
        }
        if (verdict instanceof Verdict.MissingScope missing) {
            return out.lacksScope(exchange, plan, missing, judgement, caller);
        }
        if (plan.rule().eventsOnce()) {
            Decision known = eventDecision(exchange, plan, claim, judgement, caller);
            if (known != null) {
                return known;
            }
        }
        if (audited && audit.wantsSuccesses()) {
            out.record(exchange, plan, judgement, Outcome.SUCCESS, caller, 0, "", "");
        }
        return claim == null ? new Decision.Admitted(caller) : new Decision.Admitted(caller, Optional.of(claim));
    }

    /** R31 and R31b: what is answered to an event that is not for this request to handle; null if it is. */
    private @Nullable Decision eventDecision(
            Exchange exchange,
            RulePlan plan,
            @Nullable EventClaim claim,
            @Nullable Judgement judgement,
            Caller caller) {
        if (claim == null) {
            return out.noEvent(exchange, plan);
        }
        try {
            return switch (claim.claim()) {
                case OURS -> null;
                case RUNNING -> out.eventInProgress(exchange, plan, judgement, caller);
                case DONE -> out.eventHandled(exchange, plan, judgement, caller);
            };
        } catch (StoreUnavailableException e) {
            return out.unavailable(exchange, plan, judgement, e);
        }
    }

    private static boolean sameTenant(List<Identity> identities) {
        if (identities.size() < 2) {
            return true;
        }
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
