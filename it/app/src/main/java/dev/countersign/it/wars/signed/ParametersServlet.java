package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.TreeSet;

/** Tells the parameters, as each of the four methods has them. */
@WebServlet("/parameters")
@Authenticated(schemes = "digest")
public class ParametersServlet extends HttpServlet {
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain;charset=UTF-8");
        StringBuilder text = new StringBuilder(Shown.ofArrays(request.getParameterMap()));
        for (String name : new TreeSet<>(Collections.list(request.getParameterNames()))) {
            text.append('\n')
                    .append(name)
                    .append(':')
                    .append(request.getParameter(name))
                    .append('+')
                    .append(request.getParameterValues(name).length);
        }
        response.getWriter().print(text.append('\n').append(request.getParameter("absent")));
    }
}
