package dev.countersign.it.wars.signed;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;

/** Counts what is uploaded with a key. */
@WebServlet("/upload")
@Authenticated(schemes = "key")
public class UploadServlet extends HttpServlet {
    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(count(request.getInputStream()));
    }

    static long count(InputStream in) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long all = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            all += count;
        }
        return all;
    }
}
