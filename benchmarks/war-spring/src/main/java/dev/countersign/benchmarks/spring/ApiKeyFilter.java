package dev.countersign.benchmarks.spring;

import dev.countersign.benchmarks.app.Material;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.web.filter.OncePerRequestFilter;

/** API keys, which Spring Security has no filter for; written as its users write it. */
final class ApiKeyFilter extends OncePerRequestFilter {
    private final Map<ByteBuffer, String> owners;

    ApiKeyFilter(Map<ByteBuffer, String> owners) {
        this.owners = owners;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader("X-API-Key");
        String owner = key == null ? null : owners.get(Material.digest(key));
        if (owner != null) {
            SecurityContext known = SecurityContextHolder.createEmptyContext();
            known.setAuthentication(new PreAuthenticatedAuthenticationToken(owner, "", List.of()));
            SecurityContextHolder.setContext(known);
        }
        chain.doFilter(request, response);
    }
}
