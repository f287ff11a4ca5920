package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.Identity;
import dev.countersign.RejectionReason;
import dev.countersign.servlet.body.RequestBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way: its exchange, the identities that were verified for it, and the caller of the target that runs
 * now. It lives in a request attribute, so that every dispatch, and a JAX-RS runtime, finds it. Used by one thread at a
 * time, as the request itself.
 */
public final class Checkpoint {
    /** The request attribute that holds it; JAX-RS shows it as a property of the request (Jakarta REST 6.5). */
    public static final String ATTRIBUTE = "dev.countersign.servlet.checkpoint";

    private final Deployed deployed;
    private final ServletExchange exchange;
    private final HttpServletResponse container;
    private boolean decided;
    private List<Identity> verified = List.of();
    private volatile Optional<Decision.Completion> completion = Optional.empty();
    private volatile boolean watched;
    private volatile boolean forgotten;
    private volatile @Nullable Leg leg;

    /** @param container the response of the container, which knows how the request is answered in the end */
    Checkpoint(Deployed deployed, ServletExchange exchange, HttpServletResponse container) {
        this.deployed = deployed;
        this.exchange = exchange;
        this.container = container;
    }

    /** The checkpoint of a request; empty if the filter has not seen it. */
    public static Optional<Checkpoint> of(ServletRequest request) {
        return of(request.getAttribute(ATTRIBUTE));
    }

    /** The checkpoint that is the value of the attribute or property; empty if it is none. */
    public static Optional<Checkpoint> of(@Nullable Object attribute) {
        return attribute instanceof Checkpoint checkpoint ? Optional.of(checkpoint) : Optional.empty();
    }

    /** The application that the request is for. */
    public Deployed deployed() {
        return deployed;
    }

    /** Who calls the target that runs now; {@link Caller#ANONYMOUS} before it was decided. */
    public Caller caller() {
        Leg current = leg;
        return current == null ? Caller.ANONYMOUS : caller(current);
    }

    /** Who calls this target. */
    Caller caller(Leg target) {
        return forgotten ? Caller.ANONYMOUS : target.caller();
    }

    /** Whether the client's connection is protected by TLS. */
    public boolean secure() {
        return exchange.secure();
    }

    /**
     * Judges the rule of the method that JAX-RS matched, and marks the target as enforced. If it is not admitted, the
     * caller of this method ends the request in its runtime's way, and the filter writes the answer.
     *
     * @param route the route of the matched method, for the audit event; empty if not known
     * @return whether the method may run
     */
    public boolean enforce(AccessRule rule, String route) {
        Leg current = leg;
        if (current == null) {
            return false;
        }
        exchange.routed(route);
        Decision decision = judge(rule);
        current.decided(decision);
        boolean admitted = decision instanceof Decision.Admitted;
        RequestBody body = exchange.asked();
        if (!admitted && body != null) {
            body.refused();
        }
        return admitted;
    }

    /**
     * Judges the rule of what stands behind a JAX-RS runtime that is a filter, if the target that runs now has such a rule,
     * and marks it as enforced.
     *
     * @return whether the request may go on
     */
    boolean admitsPassedOn() {
        Leg current = leg;
        if (current == null) {
            return true;
        }
        Optional<AccessRule> rule = current.passedOn();
        if (rule.isPresent()) {
            current.passedOn(judge(rule.get()));
        }
        return current.refusal() == null;
    }

    /** The status of the answer that the filter sends instead of the target's; 500 if there is none. */
    public int refusedStatus() {
        Leg current = leg;
        Decision.Answer answer = current == null ? null : current.refusal();
        return answer == null ? RejectionReason.INTERNAL.status() : answer.status();
    }

    /** Judges a rule: the first of a request by its credentials, each further one by what was verified then. */
    Decision judge(AccessRule rule) {
        Decision decision;
        if (decided) {
            decision = deployed.setup().gate().decideAgain(exchange, rule, verified, completion);
        } else {
            decided = true;
            decision = deployed.setup().gate().decide(exchange, rule);
            exchange.judged();
            if (decision instanceof Decision.Admitted admitted) {
                verified = admitted.caller().identities();
                completion = admitted.completion();
            }
        }
        return decision;
    }

    /** Has the end of an answer that comes later told to the Gate, if it may want to know. */
    void watch(AsyncContext context) {
        if (deployed.remembersEvents()) {
            watched = true;
            context.addListener(new AnswerWatch(this));
        }
    }

    /**
     * The request has left the filter that it entered first.
     *
     * @param whole whether it returned, and did not throw
     */
    void left(ServletRequest request, boolean whole) {
        if (completion.isEmpty()) {
            return;
        }
        if (!whole) {
            answered(false);
        } else if (!watched && request.isAsyncStarted()) {
            // Somebody behind us has started it on the container's own request.
            watch(request.getAsyncContext());
        } else if (!watched) {
            answered(true);
        }
    }

    /**
     * Tells the Gate how the request was answered.
     *
     * @param whole whether the answer is one, and did not break off
     */
    void answered(boolean whole) {
        completion.ifPresent(waiting ->
                waiting.completed(whole ? container.getStatus() : HttpServletResponse.SC_INTERNAL_SERVER_ERROR));
    }

    /** The answer to a fault of ours: 500, audited. */
    Decision.Answer fault(String detail) {
        verifyNothing();
        return deployed.setup().gate().fault(exchange, detail).answer();
    }

    /** Takes credentials of this request as judged: nothing is verified for it any more. */
    void verifyNothing() {
        decided = true;
        exchange.judged();
    }

    /** Forgets the caller and what was verified, for the rest of the request. */
    void forget() {
        verifyNothing();
        verified = List.of();
        forgotten = true;
    }

    ServletExchange exchange() {
        return exchange;
    }

    @Nullable
    Leg leg() {
        return leg;
    }

    /** A target begins to run. */
    void enter(Leg entered) {
        leg = entered;
    }

    /** A target ended; what included or forwarded to it goes on. What it started asynchronously keeps its own caller. */
    void leave(@Nullable Leg previous) {
        if (previous != null) {
            leg = previous;
        }
    }
}
