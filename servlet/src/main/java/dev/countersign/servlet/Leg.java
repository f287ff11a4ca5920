package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.servlet.response.GuardedResponse;
import dev.countersign.servlet.response.GuardedResponse.Release;
import dev.countersign.servlet.response.GuardedResponse.Verdict;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One dispatch of a request to one target, and its caller. For a JAX-RS target it also guards the response: nothing below
 * status 400 leaves unless the matched method's rule was enforced (SPEC 2.7 ii), with the exceptions of R43 for OPTIONS
 * and of a permitted WADL.
 */
final class Leg implements Release {
    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);
    private static final int FIRST_ERROR = 400;
    private static final String WADL = "application/vnd.sun.wadl+xml";

    private final Checkpoint checkpoint;
    private final boolean preflight;
    private final boolean wadl;
    private volatile Caller caller = Caller.ANONYMOUS;
    private boolean answered;
    private volatile boolean enforced;
    private volatile boolean upgradable;
    private volatile @Nullable AccessRule behind;
    private volatile @Nullable GuardedResponse response;
    private volatile Decision.@Nullable Answer refusal;

    /**
     * @param preflight whether this is a CORS preflight
     * @param wadl whether the target is the runtime's WADL
     */
    Leg(Checkpoint checkpoint, boolean preflight, boolean wadl) {
        this.checkpoint = checkpoint;
        this.preflight = preflight;
        this.wadl = wadl;
    }

    void guards(GuardedResponse response) {
        this.response = response;
    }

    /** Gives the rule of what stands behind a JAX-RS runtime that is a filter. */
    void standsBehind(AccessRule rule) {
        this.behind = rule;
    }

    /**
     * The rule that the last filter judges. A method that was enforced says nothing about what stands behind it: Jersey
     * passes on what a method did not find. Empty if a JAX-RS servlet stands there, or if there is no such runtime.
     */
    Optional<AccessRule> passedOn() {
        return Optional.ofNullable(behind);
    }

    /** Takes the answer to the rule of what stands behind the runtime: what the runtime wrote is no answer any more. */
    void passedOn(Decision decision) {
        decided(decision);
        GuardedResponse guarded = response;
        if (guarded != null && refusal != null) {
            guarded.takeBack();
        }
    }

    /** Who calls this target; {@link Caller#ANONYMOUS} before it was decided. */
    Caller caller() {
        return caller;
    }

    /** The answer to send instead of the target's, or null. */
    Decision.@Nullable Answer refusal() {
        return refusal;
    }

    /** The guard of the response while the target's rule was not enforced; null from then on. */
    @Nullable
    GuardedResponse unenforced() {
        return enforced ? null : response;
    }

    /** True for the first who asks: a refusal is written once, by the thread of the request or that of its answer. */
    synchronized boolean answersOnce() {
        boolean first = !answered;
        answered = true;
        return first;
    }

    /** Takes the answer to the target's own rule: being admitted is the mark of enforcement. */
    void decided(Decision decision) {
        knows(decision);
        enforced = refusal == null;
    }

    /** Takes the answer to a rule that is asked before the target's own: the caller is known, and nothing is enforced. */
    void knows(Decision decision) {
        if (decision instanceof Decision.Admitted admitted) {
            caller = admitted.caller();
            protect();
            return;
        }
        refusal = Answers.of(decision);
        GuardedResponse guarded = response;
        if (guarded != null) {
            guarded.withhold();
        }
    }

    /** Takes the answer to the rule of an upgrade: what answers it is no resource method, so nothing else is asked. */
    void upgrades(Decision decision) {
        knows(decision);
        upgradable = refusal == null;
    }

    /** Whether the connection may be handed over to another protocol now. */
    boolean mayUpgrade() {
        return refusal == null && (enforced || upgradable);
    }

    @Override
    public Verdict judge(int status, @Nullable String contentType) {
        if (refusal != null) {
            return Verdict.WITHHELD;
        }
        if (enforced || (upgradable && status == HttpServletResponse.SC_SWITCHING_PROTOCOLS)) {
            return Verdict.RELEASED;
        }
        if (status >= FIRST_ERROR) {
            return Verdict.ONCE;
        }
        boolean wadlPermitted = checkpoint.deployed().setup().web().wadlPermitted();
        if (!wadlPermitted && isWadl(contentType)) {
            return decide(AccessRule.denyAll());
        }
        if (wadl && wadlPermitted) {
            return Verdict.RELEASED;
        }
        if (preflight) {
            return Verdict.HEADERS_ONLY;
        }
        if (checkpoint.exchange().method().equals("OPTIONS")) {
            return decide(checkpoint.deployed().setup().web().options());
        }
        LOG.error(
                "{} {} was answered with status {} by JAX-RS although no rule was enforced: answered 500 instead (expected:"
                        + " every resource method is registered while dev.countersign.servlet.jaxrs.CountersignFeature is"
                        + " active)",
                checkpoint.exchange().method(),
                checkpoint.exchange().route(),
                status);
        refusal = checkpoint.fault("not_enforced");
        return Verdict.WITHHELD;
    }

    /** Tells the response that it is now for one caller (SPEC G8). */
    private void protect() {
        GuardedResponse guarded = response;
        Deployed deployed = checkpoint.deployed();
        if (guarded != null && !caller.isAnonymous() && deployed.setup().web().cacheProtected()) {
            guarded.protectFromCaches(!deployed.sentInAuthorization(caller, checkpoint.exchange()));
        }
    }

    @Override
    public boolean dropsBody() {
        return preflight && !enforced && refusal == null;
    }

    private Verdict decide(AccessRule rule) {
        decided(checkpoint.judge(rule));
        return refusal == null ? Verdict.RELEASED : Verdict.WITHHELD;
    }

    private static boolean isWadl(@Nullable String contentType) {
        return contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(WADL);
    }
}
