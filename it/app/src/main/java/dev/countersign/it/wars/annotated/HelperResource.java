package dev.countersign.it.wars.annotated;

import dev.countersign.Caller;
import dev.countersign.servlet.Countersign;
import jakarta.annotation.security.PermitAll;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Arrays;

/** Tells everybody what each question about the caller is answered with. */
@Path("/helpers")
public class HelperResource {
    /** The names of all questions that are answered with yes. */
    @GET
    @PermitAll
    public String yes(@Context SecurityContext security, @Context HttpServletRequest request) {
        StringBuilder yes = new StringBuilder("yes:");
        Caller caller = Countersign.caller(request);
        for (String name : Arrays.asList("admin", "read", "", " ", "*", "**", "null", null)) {
            note(yes, "security.role." + name, security.isUserInRole(name));
            note(yes, "request.role." + name, request.isUserInRole(name));
            note(yes, "caller.role." + name, caller.hasRole(name));
            note(yes, "caller.scope." + name, caller.hasScope(name));
        }
        note(yes, "security.principal", security.getUserPrincipal() != null);
        note(yes, "request.principal", request.getUserPrincipal() != null);
        note(yes, "request.user", request.getRemoteUser() != null);
        note(yes, "security.scheme", security.getAuthenticationScheme() != null);
        note(yes, "request.type", request.getAuthType() != null);
        note(yes, "caller.known", !caller.isAnonymous());
        return yes.toString();
    }

    private static void note(StringBuilder all, String question, boolean answer) {
        if (answer) {
            all.append(' ').append(question);
        }
    }
}
