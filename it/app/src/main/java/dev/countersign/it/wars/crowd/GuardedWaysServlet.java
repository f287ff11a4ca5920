package dev.countersign.it.wars.crowd;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.annotation.WebServlet;

/** For whoever proves a name. */
@Authenticated
@WebServlet(urlPatterns = "/guarded/*", asyncSupported = true)
public class GuardedWaysServlet extends WaysServlet {}
