package dev.countersign.it.wars.later;

import dev.countersign.servlet.Countersign;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Waits on another thread, comes back by a dispatch to itself, and tells who called then. */
@WebServlet(urlPatterns = "/async", asyncSupported = true)
public class AsyncServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.setContentType("text/plain");
            response.getWriter()
                    .print(request.getAttribute("before") + " " + request.getRemoteUser() + " "
                            + Countersign.caller(request).getName());
            return;
        }
        request.setAttribute("before", request.getRemoteUser());
        AsyncContext later = request.startAsync();
        later.start(later::dispatch);
    }
}
