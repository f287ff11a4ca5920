package dev.countersign.it.wars.injected;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Found by scanning. */
@ApplicationPath("/api")
public class GreetingApplication extends Application {}
