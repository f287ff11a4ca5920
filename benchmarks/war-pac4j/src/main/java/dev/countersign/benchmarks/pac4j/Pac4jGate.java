package dev.countersign.benchmarks.pac4j;

import com.nimbusds.jose.JWSAlgorithm;
import dev.countersign.benchmarks.app.Material;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import org.pac4j.core.client.BaseClient;
import org.pac4j.core.client.Clients;
import org.pac4j.core.config.Config;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.credentials.UsernamePasswordCredentials;
import org.pac4j.core.credentials.authenticator.Authenticator;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.core.profile.CommonProfile;
import org.pac4j.http.client.direct.DirectBasicAuthClient;
import org.pac4j.http.client.direct.HeaderClient;
import org.pac4j.jee.filter.SecurityFilter;
import org.pac4j.jwt.config.signature.ECSignatureConfiguration;
import org.pac4j.jwt.config.signature.RSASignatureConfiguration;
import org.pac4j.jwt.config.signature.SecretSignatureConfiguration;
import org.pac4j.jwt.config.signature.SignatureConfiguration;

/** The scheme that the context parameter {@code scheme} names: {@code key}, {@code basic} or {@code jwt}. */
@WebListener
public final class Pac4jGate implements ServletContextListener {
    private static final String NAME = "gate";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        BaseClient client;
        try {
            client = switch (context.getInitParameter("scheme")) {
                case "key" -> new HeaderClient("X-API-Key", keys(Path.of(context.getInitParameter("keys"))));
                case "basic" -> new DirectBasicAuthClient(passwords());
                default ->
                    new HeaderClient(
                            "Authorization",
                            "Bearer ",
                            new TokenAuthenticator(signatures(
                                    context.getInitParameter("algorithm"), Path.of(context.getInitParameter("key")))));
            };
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        client.setName(NAME);
        Config config = new Config(new Clients(client));
        config.getClients().init();
        client.init();
        // No matcher: those that stand in front by default write fields for browsers.
        SecurityFilter filter = new SecurityFilter(config, NAME, "isAuthenticated", "none");
        FilterRegistration.Dynamic registration = context.addFilter(NAME, filter);
        registration.addMappingForUrlPatterns(null, false, "/*");
    }

    private static Authenticator keys(Path file) throws IOException {
        Map<ByteBuffer, String> owners = Material.owners(file);
        return (context, credentials) -> {
            String owner = owners.get(Material.digest(((TokenCredentials) credentials).getToken()));
            if (owner == null) {
                throw new CredentialsException("Nobody's key");
            }
            credentials.setUserProfile(profile(owner));
            return Optional.of(credentials);
        };
    }

    private static Authenticator passwords() {
        byte[] known = Material.sha256(Material.PASSWORD);
        return (context, credentials) -> {
            UsernamePasswordCredentials sent = (UsernamePasswordCredentials) credentials;
            if (!sent.getUsername().equals(Material.USER)
                    || !MessageDigest.isEqual(known, Material.sha256(sent.getPassword()))) {
                throw new CredentialsException("Not the password");
            }
            credentials.setUserProfile(profile(Material.USER));
            return Optional.of(credentials);
        };
    }

    private static CommonProfile profile(String id) {
        CommonProfile profile = new CommonProfile();
        profile.setId(id);
        return profile;
    }

    private static SignatureConfiguration signatures(String algorithm, Path file)
            throws IOException, GeneralSecurityException {
        return switch (algorithm) {
            case "HS256" -> new SecretSignatureConfiguration(Material.secret(file));
            case "RS256" -> new RSASignatureConfiguration(keys(algorithm, file), JWSAlgorithm.RS256);
            default -> new ECSignatureConfiguration(keys(algorithm, file), JWSAlgorithm.ES256);
        };
    }

    private static KeyPair keys(String algorithm, Path file) throws IOException, GeneralSecurityException {
        return new KeyPair(Material.publicKey(algorithm, file), null);
    }
}
