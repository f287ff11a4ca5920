package dev.countersign.it.wars.bypassapi;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources found in the WAR, at {@code /api}. */
@ApplicationPath("/api")
public class Api extends Application {}
