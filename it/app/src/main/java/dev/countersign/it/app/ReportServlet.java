package dev.countersign.it.app;

import dev.countersign.Caller;
import dev.countersign.annotation.Authenticated;
import dev.countersign.annotation.RequireScope;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A servlet with rules of its own, which tells who calls. */
@Authenticated(schemes = {"basic", "api-key"})
@RequireScope("orders:read")
@WebServlet(urlPatterns = "/report", asyncSupported = true)
public class ReportServlet extends HttpServlet {

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Calls.count();
        Caller caller = Countersign.caller(request);
        response.setContentType("text/plain");
        response.getWriter()
                .print("principal=" + caller.getName() + " same=" + caller.equals(request.getUserPrincipal())
                        + " remoteUser=" + request.getRemoteUser() + " authType=" + request.getAuthType() + " clerk="
                        + request.isUserInRole("clerk") + " anyone=" + request.isUserInRole("**") + " star="
                        + request.isUserInRole("*"));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Calls.count();
        response.getWriter().print("posted");
    }
}
