package dev.countersign.benchmarks.jjwt;

import dev.countersign.benchmarks.app.Material;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.JwtParserBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** Tokens of the algorithm and key that the context parameters {@code algorithm} and {@code key} name. */
@WebFilter("/*")
public final class JjwtFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final String BEARER = "Bearer ";

    private transient @Nullable JwtParser parser;

    @Override
    public void init(FilterConfig config) throws ServletException {
        String algorithm = config.getServletContext().getInitParameter("algorithm");
        Path file = Path.of(config.getServletContext().getInitParameter("key"));
        try {
            JwtParserBuilder builder =
                    Jwts.parser().requireIssuer(Material.ISSUER).requireAudience(Material.AUDIENCE);
            parser = algorithm.equals("HS256")
                    ? builder.verifyWith(Keys.hmacShaKeyFor(Material.secret(file)))
                            .build()
                    : builder.verifyWith(Material.publicKey(algorithm, file)).build();
        } catch (IOException | GeneralSecurityException e) {
            throw new ServletException(e);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String caller = caller(request.getHeader("Authorization"));
        if (caller == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        Principal principal = () -> caller;
        chain.doFilter(
                new HttpServletRequestWrapper(request) {
                    @Override
                    public Principal getUserPrincipal() {
                        return principal;
                    }

                    @Override
                    public String getRemoteUser() {
                        return caller;
                    }
                },
                response);
    }

    private @Nullable String caller(@Nullable String field) {
        if (parser == null || field == null || !field.startsWith(BEARER)) {
            return null;
        }
        try {
            Claims claims =
                    parser.parseSignedClaims(field.substring(BEARER.length())).getPayload();
            return claims.getSubject();
        } catch (JwtException | IllegalArgumentException e) {
            return null;
        }
    }
}
