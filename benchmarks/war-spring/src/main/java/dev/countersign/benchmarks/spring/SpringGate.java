package dev.countersign.benchmarks.spring;

import org.springframework.security.web.context.AbstractSecurityWebApplicationInitializer;

/** Registers the chain of filters. */
public final class SpringGate extends AbstractSecurityWebApplicationInitializer {
    /** Called by the server. */
    public SpringGate() {
        super(SpringSettings.class);
    }
}
