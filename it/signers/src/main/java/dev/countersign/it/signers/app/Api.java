package dev.countersign.it.signers.app;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources of this package, found by scanning. */
@ApplicationPath("/")
public class Api extends Application {}
