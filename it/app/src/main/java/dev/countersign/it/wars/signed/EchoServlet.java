package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Gives back what it reads from the stream, one half of it byte by byte. */
@WebServlet("/echo")
@Authenticated(schemes = "digest")
public class EchoServlet extends HttpServlet {
    private static final int SINGLE = 1_000;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("application/octet-stream");
        InputStream in = request.getInputStream();
        for (int i = 0; i < SINGLE; i++) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            response.getOutputStream().write(next);
        }
        request.getInputStream().transferTo(response.getOutputStream());
    }
}
