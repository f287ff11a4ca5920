package dev.countersign.servlet;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The last filter of an application: where a JAX-RS runtime is itself a filter and passes a request on, because no resource
 * of its own fits, the rule of what stands behind it is judged here, before that runs. {@link CountersignFilter} writes the
 * refusal. Everything else goes through.
 */
final class PassedOnFilter implements Filter {
    PassedOnFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Checkpoint> checkpoint = Checkpoint.of(request);
        if (checkpoint.isEmpty() || checkpoint.get().admitsPassedOn()) {
            chain.doFilter(request, response);
        }
    }
}
