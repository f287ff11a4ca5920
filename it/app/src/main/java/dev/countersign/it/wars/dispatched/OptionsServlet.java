package dev.countersign.it.wars.dispatched;

import dev.countersign.it.wars.counted.Calls;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers OPTIONS itself; for callers. */
@WebServlet("/options")
public class OptionsServlet extends HttpServlet {
    @Override
    protected void doOptions(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Calls.marker());
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.getWriter().print(Calls.marker());
    }
}
