package dev.countersign.it.wars.registered;

import jakarta.ws.rs.core.SecurityContext;

/** Answers without any annotation. */
public class TellingFunction {
    /** Tells who asks. */
    public String tell(SecurityContext security) {
        return "function for " + security.getUserPrincipal().getName();
    }
}
