package dev.countersign.it.wars.crowd;

import jakarta.annotation.security.PermitAll;
import jakarta.servlet.annotation.WebServlet;

/** For everybody. */
@PermitAll
@WebServlet(urlPatterns = "/open/*", asyncSupported = true)
public class OpenWaysServlet extends WaysServlet {}
