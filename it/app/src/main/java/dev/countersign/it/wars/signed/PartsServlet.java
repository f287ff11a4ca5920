package dev.countersign.it.wars.signed;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.countersign.annotation.Authenticated;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.MultipartConfig;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.util.zip.CRC32;

/** Tells the parts. */
@WebServlet("/parts")
@MultipartConfig
@Authenticated(schemes = "digest")
public class PartsServlet extends HttpServlet {
    private static final int SHORT = 40;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain;charset=UTF-8");
        StringBuilder text = new StringBuilder();
        for (Part part : request.getParts()) {
            text.append(shown(part)).append('\n');
        }
        Part one = request.getPart("a");
        text.append(one == null ? "none" : one.getName())
                .append(' ')
                .append(request.getParameter("a"))
                .append(' ')
                .append(request.getParameter("f"));
        response.getWriter().print(text);
    }

    static String shown(Part part) throws IOException {
        byte[] content = part.getInputStream().readAllBytes();
        CRC32 sum = new CRC32();
        sum.update(content);
        return part.getName() + " " + part.getSubmittedFileName() + " " + part.getContentType() + " " + part.getSize()
                + " " + (content.length < SHORT ? new String(content, ISO_8859_1) : Long.toHexString(sum.getValue()));
    }
}
