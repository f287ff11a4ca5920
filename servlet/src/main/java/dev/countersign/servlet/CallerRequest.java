package dev.countersign.servlet;

import dev.countersign.AccessRule;
import dev.countersign.Caller;
import dev.countersign.Decision;
import dev.countersign.servlet.body.BodyRequest;
import dev.countersign.servlet.body.RequestBody;
import dev.countersign.servlet.response.GuardedResponse;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import java.io.IOException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The request that an application sees: the caller is the one that the Gate admitted, whatever the container thinks. */
final class CallerRequest extends BodyRequest {
    private static final String ANY_AUTHENTICATED = "**";

    private final HttpServletResponse container;
    private final Checkpoint checkpoint;
    private final Leg leg;
    private final boolean innermost;
    private volatile @Nullable AsyncContext async;

    /** @param container the response to write a challenge to, if the application asks for one */
    CallerRequest(HttpServletRequest request, HttpServletResponse container, Checkpoint checkpoint, Leg leg) {
        super(request);
        this.container = container;
        this.checkpoint = checkpoint;
        this.leg = leg;
        this.innermost = checkpoint.deployed().keeping() != null && isInnermost(request, checkpoint);
    }

    /** Whether no other wrapper of the same request is below: a forward may wrap what the application has wrapped. */
    private static boolean isInnermost(ServletRequest request, Checkpoint checkpoint) {
        ServletRequest current = request;
        while (current instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof CallerRequest below && below.checkpoint == checkpoint) {
                return false;
            }
            current = wrapper.getRequest();
        }
        return true;
    }

    @Override
    protected @Nullable RequestBody body() {
        return innermost ? checkpoint.exchange().kept() : null;
    }

    /** Who calls the target that this request was made for. */
    Caller caller() {
        return checkpoint.caller(leg);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        Caller caller = caller();
        return caller.isAnonymous() ? null : caller;
    }

    @Override
    public @Nullable String getRemoteUser() {
        Caller caller = caller();
        return caller.isAnonymous() ? null : caller.getName();
    }

    /** Jakarta Servlet: {@code *} is never a role, {@code **} stands for any authenticated caller. */
    @Override
    public boolean isUserInRole(@Nullable String role) {
        Caller caller = caller();
        if (role == null || caller.isAnonymous() || role.equals("*")) {
            return false;
        }
        return caller.hasRole(role) || role.equals(ANY_AUTHENTICATED);
    }

    @Override
    public @Nullable String getAuthType() {
        return checkpoint.deployed().authType(caller()).orElse(null);
    }

    /** True for a known caller; else the challenges of the default expression are sent, and the answer is complete. */
    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        if (!caller().isAnonymous()) {
            return true;
        }
        AccessRule rule = checkpoint.deployed().setup().web().authenticated();
        Decision decision = checkpoint.judge(rule);
        if (decision instanceof Decision.Admitted) {
            leg.knows(decision);
            return true;
        }
        Decision.Answer answer = Answers.of(decision);
        if (response.isCommitted()) {
            throw new IllegalStateException("The response is committed: a challenge cannot be sent any more");
        }
        checkpoint.deployed().answers().write(this, container, answer);
        return false;
    }

    @Override
    public AsyncContext startAsync() throws IllegalStateException {
        return guarded(super.startAsync());
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) throws IllegalStateException {
        return guarded(super.startAsync(request, response));
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext started = async;
        return started == null ? super.getAsyncContext() : started;
    }

    /** The end of what is not enforced by now is looked at, and so is how an event was handled. */
    private AsyncContext guarded(AsyncContext context) {
        checkpoint.watch(context);
        RequestBody body = checkpoint.exchange().asked();
        if (body != null) {
            body.later(context);
        }
        GuardedResponse guard = leg.unenforced();
        AsyncContext started = guard == null
                ? context
                : new GuardedAsync(context, checkpoint, leg, guard, (HttpServletRequest) getRequest(), container);
        async = started;
        return started;
    }

    /** A connection is handed over only by a target whose rule was enforced: what follows passes no filter. */
    @Override
    public <T extends HttpUpgradeHandler> T upgrade(Class<T> handler) throws IOException, ServletException {
        if (!leg.mayUpgrade()) {
            throw new ServletException("No rule was enforced, so the connection is not handed over (expected: every"
                    + " resource method is registered while CountersignFeature is active)");
        }
        return super.upgrade(handler);
    }

    /** Credentials come with the request and are judged there. */
    @Override
    public void login(@Nullable String username, @Nullable String password) throws ServletException {
        throw new ServletException("Countersign authenticates a request by its credentials; login() is not supported");
    }

    /** Forgets the caller for the rest of the request; a client's credentials are not changed by that. */
    @Override
    public void logout() throws ServletException {
        checkpoint.forget();
    }
}
