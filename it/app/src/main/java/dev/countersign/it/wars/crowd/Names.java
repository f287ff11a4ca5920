package dev.countersign.it.wars.crowd;

import dev.countersign.servlet.Countersign;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** One name for a caller; several, if what tells of it disagrees. */
final class Names {
    private static final String NOBODY = "nobody";

    private Names() {}

    static String of(@Nullable Principal principal) {
        return principal == null ? NOBODY : principal.getName();
    }

    static String of(HttpServletRequest request) {
        String principal = of(request.getUserPrincipal());
        String remote = request.getRemoteUser() == null ? NOBODY : request.getRemoteUser();
        String caller = Countersign.caller(request).isAnonymous()
                ? NOBODY
                : Countersign.caller(request).getName();
        return principal.equals(remote) && principal.equals(caller)
                ? principal
                : principal + "/" + remote + "/" + caller;
    }
}
