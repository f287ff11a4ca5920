package dev.countersign.it.wars.bypassempty;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The resources found in the WAR, below the path of the WAR. */
@ApplicationPath("")
public class Api extends Application {}
