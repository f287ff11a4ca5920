package dev.countersign.it.wars.hooks;

import dev.countersign.annotation.Webhook;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Handles events at once, from another thread, and after a dispatch to itself. */
@WebServlet(
        urlPatterns = {"/now", "/later", "/dispatched"},
        asyncSupported = true)
@Webhook("hook")
public class HookServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getServletPath();
        if (path.equals("/dispatched") && request.getDispatcherType() == DispatcherType.REQUEST) {
            request.startAsync().dispatch();
        } else if (path.equals("/later")) {
            AsyncContext later = request.startAsync();
            String event = request.getHeader("X-Hook");
            String first = request.getHeader("X-First");
            new Thread(
                            () -> {
                                try {
                                    answer(event, first, (HttpServletResponse) later.getResponse());
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                } finally {
                                    later.complete();
                                }
                            },
                            "later")
                    .start();
        } else {
            answer(request.getHeader("X-Hook"), request.getHeader("X-First"), response);
        }
    }

    private static void answer(String event, String first, HttpServletResponse response) throws IOException {
        response.setStatus(Deliveries.status(event, first));
        response.setContentType("text/plain");
        response.getWriter().print("called");
    }
}
