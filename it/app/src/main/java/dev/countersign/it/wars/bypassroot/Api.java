package dev.countersign.it.wars.bypassroot;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources found in the WAR, at {@code /}. */
@ApplicationPath("/")
public class Api extends Application {}
