package dev.countersign.examples.webhooks;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** JAX-RS below {@code /api}; the server finds the resources itself. */
@ApplicationPath("/api")
public class WebhooksApplication extends Application {}
