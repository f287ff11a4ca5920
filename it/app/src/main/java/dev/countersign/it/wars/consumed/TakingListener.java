package dev.countersign.it.wars.consumed;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Takes content in the way that {@code X-Take} says, before the first filter. */
@WebListener
public class TakingListener implements ServletRequestListener {
    @Override
    public void requestInitialized(ServletRequestEvent event) {
        HttpServletRequest request = (HttpServletRequest) event.getServletRequest();
        String how = String.valueOf(request.getHeader("X-Take"));
        try {
            switch (how) {
                case "parameter" -> request.getParameter("a");
                case "stream" -> request.getInputStream().readAllBytes();
                case "byte" -> request.getInputStream().read();
                case "reader" -> request.getReader().read();
                case "parts" -> request.getParts();
                default -> {
                    // Leaves it alone.
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ServletException e) {
            throw new IllegalStateException(e);
        }
    }
}
