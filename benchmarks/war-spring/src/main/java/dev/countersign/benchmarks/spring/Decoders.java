package dev.countersign.benchmarks.spring;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.ConfigurableJWTProcessor;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.countersign.benchmarks.app.Material;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** Decoders with the key at hand: signature, times, issuer, audience. */
final class Decoders {
    private Decoders() {}

    static JwtDecoder of(String algorithm, Path file) {
        try {
            NimbusJwtDecoder decoder = decoder(algorithm, file);
            decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(
                    new JwtTimestampValidator(),
                    new JwtIssuerValidator(Material.ISSUER),
                    new JwtClaimValidator<List<String>>(
                            "aud", audience -> audience != null && audience.contains(Material.AUDIENCE))));
            return decoder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NimbusJwtDecoder decoder(String algorithm, Path file) throws IOException, GeneralSecurityException {
        return switch (algorithm) {
            case "HS256" ->
                NimbusJwtDecoder.withSecretKey(new SecretKeySpec(Material.secret(file), "HmacSHA256"))
                        .macAlgorithm(MacAlgorithm.HS256)
                        .jwtProcessorCustomizer(Decoders::acceptAccessTokens)
                        .build();
            case "RS256" ->
                NimbusJwtDecoder.withPublicKey((RSAPublicKey) Material.publicKey(algorithm, file))
                        .jwtProcessorCustomizer(Decoders::acceptAccessTokens)
                        .build();
            default -> ellipticCurve((ECPublicKey) Material.publicKey(algorithm, file));
        };
    }

    /** The builders of {@link NimbusJwtDecoder} take RSA keys and secrets only. */
    private static NimbusJwtDecoder ellipticCurve(ECPublicKey key) {
        ECKey published = new ECKey.Builder(Curve.P_256, key).keyID("bench-1").build();
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSKeySelector(
                new JWSVerificationKeySelector<>(JWSAlgorithm.ES256, new ImmutableJWKSet<>(new JWKSet(published))));
        // The decoder's validators judge the claims.
        processor.setJWTClaimsSetVerifier((claims, context) -> {});
        acceptAccessTokens(processor);
        return new NimbusJwtDecoder(processor);
    }

    private static void acceptAccessTokens(ConfigurableJWTProcessor<SecurityContext> processor) {
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    }
}
