package dev.countersign.servlet;

import jakarta.servlet.ServletConfig;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import org.jspecify.annotations.Nullable;

/** Stands for our feature in a runtime that loads it and shows it no method. */
public final class Showless implements Feature {
    @Context
    private @Nullable ServletConfig config;

    @Override
    public boolean configure(FeatureContext context) {
        if (config != null) {
            Deployed.started(config.getServletContext()).orElseThrow().loadedByServlet(config.getServletName());
        }
        return true;
    }
}
