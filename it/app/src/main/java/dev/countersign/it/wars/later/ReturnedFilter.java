package dev.countersign.it.wars.later;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** Tells other threads when the one that took the request is done with it. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public class ReturnedFilter implements Filter {
    /** The request attribute that holds a {@link CountDownLatch}. */
    public static final String RETURNED = "returned";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        CountDownLatch returned = new CountDownLatch(1);
        request.setAttribute(RETURNED, returned);
        try {
            chain.doFilter(request, response);
        } finally {
            returned.countDown();
        }
    }
}
