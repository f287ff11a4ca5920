package dev.countersign.it.wars.signed;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources of this package, found by the stack's own scanning. */
@ApplicationPath("/api")
public class Api extends Application {}
