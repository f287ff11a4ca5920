package dev.countersign.benchmarks.floor;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Principal;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The floor that the context parameter {@code floor} names: {@code key}, {@code basic}, {@code jwt},
 * {@code lookup} or {@code mechanism}.
 */
@WebFilter("/*")
public final class FloorFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private transient Floor floor = request -> null;
    private boolean wraps;

    /** Finds who calls; null if nobody is known. */
    private interface Floor {
        @Nullable
        String caller(HttpServletRequest request) throws GeneralSecurityException;
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        wraps = parameter(config, "floor").equals("mechanism");
        try {
            floor = switch (parameter(config, "floor")) {
                case "key" -> keys(Path.of(parameter(config, "keys")));
                case "basic" -> basic();
                case "mechanism" -> request -> "nobody";
                case "jwt" -> tokens(parameter(config, "algorithm"), Path.of(parameter(config, "key")));
                default -> lookup(tokens(parameter(config, "algorithm"), Path.of(parameter(config, "key"))));
            };
        } catch (IOException | GeneralSecurityException e) {
            throw new ServletException(e);
        }
    }

    private static String parameter(FilterConfig config, String name) {
        return config.getServletContext().getInitParameter(name);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String caller;
        try {
            caller = floor.caller(request);
        } catch (GeneralSecurityException e) {
            caller = null;
        }
        if (caller == null) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            return;
        }
        chain.doFilter(new Known(request, caller), wraps ? new HttpServletResponseWrapper(response) : response);
    }

    private static Floor keys(Path file) throws IOException {
        Map<ByteBuffer, String> owners = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            int end = line.indexOf(".sha256");
            if (end > 0) {
                String hex = line.substring(line.indexOf('=') + 1).strip();
                owners.put(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), line.substring("key.".length(), end));
            }
        }
        return request -> {
            String key = request.getHeader("X-API-Key");
            return key == null
                    ? null
                    : owners.get(ByteBuffer.wrap(
                            MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.ISO_8859_1))));
        };
    }

    /** A cheap hash, as if the dear one had been checked a moment ago. */
    private static Floor basic() throws GeneralSecurityException {
        byte[] known = sha256("correct horse battery staple".getBytes(StandardCharsets.UTF_8));
        return request -> {
            String field = request.getHeader("Authorization");
            if (field == null || !field.startsWith("Basic ")) {
                return null;
            }
            String pair = new String(Base64.getDecoder().decode(field.substring(6)), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            String user = pair.substring(0, colon);
            byte[] sent = sha256(pair.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
            return user.equals("ann") && MessageDigest.isEqual(known, sent) ? user : null;
        };
    }

    private static byte[] sha256(byte[] input) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(input);
    }

    /** Signature, expiry, issuer and subject; the claims are found by searching the text. */
    private static Floor tokens(String algorithm, Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file);
        Check check = algorithm.equals("HS256") ? mac(text) : signature(algorithm, text);
        return request -> {
            String field = request.getHeader("Authorization");
            if (field == null || !field.startsWith("Bearer ")) {
                return null;
            }
            int start = "Bearer ".length();
            int headerEnd = field.indexOf('.', start);
            int payloadEnd = field.indexOf('.', headerEnd + 1);
            byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
            ByteBuffer signature = Base64.getUrlDecoder()
                    .decode(ByteBuffer.wrap(bytes, payloadEnd + 1, bytes.length - payloadEnd - 1));
            if (!check.isGood(bytes, start, payloadEnd - start, signature.array())) {
                return null;
            }
            String claims = StandardCharsets.UTF_8
                    .decode(Base64.getUrlDecoder()
                            .decode(ByteBuffer.wrap(bytes, headerEnd + 1, payloadEnd - headerEnd - 1)))
                    .toString();
            int expiry = claims.indexOf("\"exp\":") + 6;
            long end = Long.parseLong(claims, expiry, claims.indexOf(',', expiry), 10);
            if (end < System.currentTimeMillis() / 1000
                    || !claims.contains("\"iss\":\"https://id.example.com/realms/orders\"")
                    || !claims.contains("\"orders\"")) {
                return null;
            }
            int subject = claims.indexOf("\"sub\":\"") + 7;
            return claims.substring(subject, claims.indexOf('"', subject));
        };
    }

    /** Whether a signature over part of an array is good. */
    private interface Check {
        boolean isGood(byte[] bytes, int offset, int length, byte[] signature) throws GeneralSecurityException;
    }

    private static Check mac(String text) {
        byte[] secret = Base64.getUrlDecoder().decode(text.substring("base64url:".length()));
        SecretKeySpec key = new SecretKeySpec(secret, "HmacSHA256");
        return (bytes, offset, length, signature) -> {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(bytes, offset, length);
            return MessageDigest.isEqual(mac.doFinal(), signature);
        };
    }

    private static Check signature(String algorithm, String pem) throws GeneralSecurityException {
        String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
        String keyAlgorithm = algorithm.equals("RS256") ? "RSA" : algorithm.equals("ES256") ? "EC" : "Ed25519";
        String signatureAlgorithm = switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            default -> "Ed25519";
        };
        PublicKey key = KeyFactory.getInstance(keyAlgorithm)
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body)));
        return (bytes, offset, length, signature) -> {
            Signature verifier = Signature.getInstance(signatureAlgorithm);
            verifier.initVerify(key);
            verifier.update(bytes, offset, length);
            return verifier.verify(signature);
        };
    }

    /** The token's text as the key of a cache. */
    private static Floor lookup(Floor tokens) {
        Cache<String, String> known = Caffeine.newBuilder()
                .maximumSize(10_000)
                .executor(Runnable::run)
                .build();
        return request -> {
            String field = request.getHeader("Authorization");
            if (field == null) {
                return null;
            }
            String caller = known.getIfPresent(field);
            if (caller == null) {
                caller = tokens.caller(request);
                if (caller != null) {
                    known.put(field, caller);
                }
            }
            return caller;
        };
    }

    /** The request of somebody who is known. */
    private static final class Known extends HttpServletRequestWrapper {
        private final Principal principal;

        Known(HttpServletRequest request, String caller) {
            super(request);
            this.principal = () -> caller;
        }

        @Override
        public Principal getUserPrincipal() {
            return principal;
        }

        @Override
        public String getRemoteUser() {
            return principal.getName();
        }
    }
}
