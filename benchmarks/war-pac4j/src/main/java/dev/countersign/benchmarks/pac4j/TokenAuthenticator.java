package dev.countersign.benchmarks.pac4j;

import com.nimbusds.jwt.JWT;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.countersign.benchmarks.app.Material;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import org.pac4j.core.context.CallContext;
import org.pac4j.core.credentials.TokenCredentials;
import org.pac4j.core.exception.CredentialsException;
import org.pac4j.jwt.config.signature.SignatureConfiguration;
import org.pac4j.jwt.credentials.authenticator.JwtAuthenticator;

/** Beside signature and expiry, which pac4j judges itself: issuer, audience, and the time before which a token is no good. */
final class TokenAuthenticator extends JwtAuthenticator {
    TokenAuthenticator(SignatureConfiguration signatures) {
        super(signatures);
    }

    @Override
    protected void createJwtProfile(CallContext context, TokenCredentials credentials, JWT token)
            throws ParseException {
        JWTClaimsSet claims = token.getJWTClaimsSet();
        Date notBefore = claims.getNotBeforeTime();
        if (!Material.ISSUER.equals(claims.getIssuer())
                || !claims.getAudience().contains(Material.AUDIENCE)
                || (notBefore != null && notBefore.toInstant().isAfter(Instant.now()))) {
            throw new CredentialsException("Not for here and now");
        }
        super.createJwtProfile(context, credentials, token);
    }
}
