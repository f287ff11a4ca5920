package dev.countersign.it.wars.signed;

import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Tells how many temporary files of content there are: open without a name, as Linux tells, or with one. */
@WebServlet("/files")
public class FilesServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        response.getWriter().print(count(request.getServletContext()));
    }

    static String count(ServletContext context) throws IOException {
        int open = 0;
        List<Path> descriptors;
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            descriptors = files.toList();
        }
        for (Path descriptor : descriptors) {
            open += isContent(target(descriptor)) ? 1 : 0;
        }
        Path directory = ((File) context.getAttribute(ServletContext.TEMPDIR)).toPath();
        try (Stream<Path> files = Files.list(directory)) {
            long named = files.filter(file -> isContent(file.toString())).count();
            return open + " open, " + named + " named";
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            // It was closed meanwhile.
            return "";
        }
    }

    private static boolean isContent(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith("countersign") && name.contains(".body");
    }
}
