package dev.countersign.it.wars.wrong;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;

/** Names a scheme that nobody configured. */
@Authenticated(schemes = "jtw")
@WebServlet("/misspelt")
public class MisspeltServlet extends HttpServlet {}
