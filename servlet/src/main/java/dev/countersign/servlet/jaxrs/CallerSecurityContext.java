package dev.countersign.servlet.jaxrs;

import dev.countersign.Caller;
import dev.countersign.servlet.Deployed;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The caller of one resource method. Immutable, so that it may be taken to another thread. */
final class CallerSecurityContext implements SecurityContext {
    private final Deployed deployed;
    private final Caller caller;
    private final boolean secure;

    CallerSecurityContext(Deployed deployed, Caller caller, boolean secure) {
        this.deployed = deployed;
        this.caller = caller;
        this.secure = secure;
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return caller.isAnonymous() ? null : caller;
    }

    @Override
    public boolean isUserInRole(@Nullable String role) {
        return role != null && caller.hasRole(role);
    }

    @Override
    public boolean isSecure() {
        return secure;
    }

    @Override
    public @Nullable String getAuthenticationScheme() {
        return deployed.authType(caller).orElse(null);
    }
}
