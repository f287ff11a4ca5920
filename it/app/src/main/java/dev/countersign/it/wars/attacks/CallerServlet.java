package dev.countersign.it.wars.attacks;

import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Tells who calls; its rules are those of the settings. */
@WebServlet(
        urlPatterns = {"/who", "/pair", "/one-tenant", "/keys"},
        asyncSupported = true)
public class CallerServlet extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Caller caller = Countersign.caller(request);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter()
                .print(caller.identities().stream().map(Identity::subject).collect(Collectors.joining("+")) + " admin="
                        + request.isUserInRole("admin") + " scopes=" + new TreeSet<>(caller.scopes()));
    }
}
