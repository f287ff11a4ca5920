package dev.countersign.it.wars.crowd;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ways of a plain servlet to an answer: the last part of the path names one, {@code at} a place to wait. */
abstract class WaysServlet extends HttpServlet {
    private static final String TELL = "/tell";
    private static final String BEFORE = "before";
    private static final long SHORT_MILLIS = 50;
    private static final long LONG_MILLIS = 30_000;
    private static final Map<String, AsyncContext> PARKED = new ConcurrentHashMap<>();

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        response.setContentType("text/plain");
        if (request.getDispatcherType() == DispatcherType.ASYNC) {
            response.getWriter().print(request.getAttribute(BEFORE) + " " + Names.of(request));
            return;
        }
        response.setHeader("X-Thread", Thread.currentThread().toString());
        request.setAttribute(BEFORE, Names.of(request));
        String at = String.valueOf(request.getParameter("at"));
        switch (request.getPathInfo()) {
            case "/now" -> response.getWriter().print(Names.of(request));
            case "/forward" -> request.getRequestDispatcher(TELL).forward(request, response);
            case "/include" -> {
                response.getWriter().print(Names.of(request) + " ");
                request.getRequestDispatcher(TELL).include(request, response);
                response.getWriter().print(" " + Names.of(request));
            }
            case "/error" -> response.sendError(HttpServletResponse.SC_CONFLICT);
            case "/exception" -> throw new IllegalStateException("thrown for a test");
            case "/dispatch" -> {
                AsyncContext later = request.startAsync();
                later.start(later::dispatch);
            }
            case "/dispatch-away" -> {
                AsyncContext later = request.startAsync(request, response);
                later.start(() -> later.dispatch(TELL));
            }
            case "/complete" -> {
                AsyncContext later = request.startAsync(request, response);
                later.start(() -> complete(later));
            }
            case "/timeout" -> {
                AsyncContext later = request.startAsync();
                later.setTimeout(SHORT_MILLIS);
                later.addListener(new Late(later));
            }
            case "/park" -> {
                AsyncContext later = request.startAsync();
                later.setTimeout(LONG_MILLIS);
                PARKED.put(at, later);
            }
            case "/wake" -> {
                AsyncContext parked = PARKED.remove(at);
                if (parked == null) {
                    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                } else {
                    parked.dispatch();
                }
                response.getWriter().print(Names.of(request));
            }
            default -> response.sendError(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    private static void complete(AsyncContext later) {
        try {
            later.getResponse().getWriter().print(Names.of((HttpServletRequest) later.getRequest()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            later.complete();
        }
    }

    /** Goes on when the time is over. */
    private record Late(AsyncContext later) implements AsyncListener {
        @Override
        public void onTimeout(AsyncEvent event) {
            later.dispatch();
        }

        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
