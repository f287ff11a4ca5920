package dev.countersign.scheme.hmac;

import dev.countersign.Body;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.Verification;
import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Sha256;
import dev.countersign.scheme.BodyRejections;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.signature.SigV4CanonicalRequest;
import dev.countersign.signature.SigV4Key;
import dev.countersign.signature.SigV4Keys;
import dev.countersign.signature.SigV4PathRule;
import dev.countersign.signature.SigV4Query;
import dev.countersign.signature.SigV4Signer;
import dev.countersign.signature.SigV4Time;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges a signature of Signature Version 4: its time and scope, what it covers, the signature, and last the content and
 * whether it came before. Where the request tells the digest of its content, nobody without a key gets the content read.
 */
final class SigV4Verifier {
    private static final Logger LOG = LoggerFactory.getLogger(HmacScheme.class);

    /** How far the clocks of two nodes may differ: one of them must not take for new what the other has forgotten. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(1);

    /** The fields whose values a log may show; any other may be a credential. */
    private static final Set<String> SHOWN = Set.of(
            "content-encoding",
            "content-length",
            "content-type",
            "date",
            "host",
            "x-amz-content-sha256",
            "x-amz-date",
            "x-amz-decoded-content-length",
            "x-amz-target",
            "x-amz-trailer");

    /** Why a presigned request comes too late, for the log. */
    static final String PRESIGNED_EXPIRED = "presigned_expired";

    private static final String TOKEN_PARAMETER = "X-Amz-Security-Token";
    private static final String SIGNATURE_PARAMETER = "X-Amz-Signature";

    private final SigV4Settings settings;
    private final HmacKeys keys;
    private final Replays replays;
    private final InstantSource clock;
    private final @Nullable String externalAuthority;
    private final List<SigV4PathRule> pathRules;
    private final SigV4Keys signingKeys = new SigV4Keys();

    SigV4Verifier(SigV4Settings settings, HmacKeys keys, Replays replays, SchemeContext context) {
        this.settings = settings;
        this.keys = keys;
        this.replays = replays;
        this.clock = context.clock();
        this.externalAuthority = context.baseUrl().map(SigV4Verifier::authority).orElse(null);
        SigV4PathRule rule = SigV4PathRule.of(settings.service());
        this.pathRules = rule == SigV4PathRule.S3 ? List.of(rule, SigV4PathRule.AS_SENT) : List.of(rule);
    }

    Verification verify(SigV4Credential credential, Exchange exchange) {
        Instant now = clock.instant();
        // Before anything dear, and whoever the key's owner is: it tells nothing of a key.
        String outside = outside(credential, now);
        if (outside != null) {
            return rejected(RejectionReason.SIGNATURE_EXPIRED, outside);
        }
        if (!credential.scope().region().equals(settings.region())
                || !credential.scope().service().equals(settings.service())
                || !credential.scope().date().equals(SigV4Time.date(credential.timestamp()))) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "scope");
        }
        String uncovered = uncovered(credential, exchange);
        if (uncovered != null) {
            return rejected(RejectionReason.SIGNATURE_COVERAGE, uncovered);
        }
        SigV4Content content = SigV4Content.of(credential, exchange);
        if (content.problem() != null) {
            return rejected(RejectionReason.SIGNATURE_INVALID, content.problem());
        }
        if (!content.isSigned() && !settings.unsignedPayload()) {
            return rejected(RejectionReason.SIGNATURE_COVERAGE, "unsigned_payload");
        }
        List<SigV4CanonicalRequest> requests = canonical(credential, exchange);
        if (requests.isEmpty()) {
            return rejected(RejectionReason.SIGNATURE_INVALID, "not_canonical");
        }
        return verify(credential, exchange, content, requests, now);
    }

    private Verification verify(
            SigV4Credential credential,
            Exchange exchange,
            SigV4Content content,
            List<SigV4CanonicalRequest> requests,
            Instant now) {
        HmacKey known = keys.find(credential.keyId());
        // An unknown key costs what a known one does (SIG-18).
        SigV4Key key = signingKeys.key((known == null ? keys.decoy() : known).secret(), credential.scope());
        String payload = content.payload();
        boolean unsigned = credential.isPresigned() && settings.unsignedPayload();
        if (payload == null && unsigned && isSigned(requests, SigV4Signer.UNSIGNED_PAYLOAD, key, credential)) {
            payload = SigV4Signer.UNSIGNED_PAYLOAD;
        }
        if (payload == null) {
            // Nobody tells the digest of the content, so it is read before anything is known of the signature.
            MessageDigest digest = Sha256.start();
            Body.Outcome outcome = exchange.body().read(digest::update);
            if (outcome != Body.Outcome.COMPLETE) {
                return BodyRejections.of(outcome);
            }
            payload = HexFormat.of().formatHex(digest.digest());
        }
        boolean good = isSigned(requests, payload, key, credential);
        if (known == null || !good) {
            tell(credential, exchange, payload);
            return rejected(RejectionReason.SIGNATURE_INVALID, known == null ? "unknown_key" : "wrong");
        }
        Verification.Rejected bad = content.check(exchange, key, credential);
        if (bad != null) {
            return bad;
        }
        if (settings.replay().isOnce(exchange.method()) && !isFirst(credential, now)) {
            return rejected(RejectionReason.SIGNATURE_REPLAYED, "replayed");
        }
        return new Verification.Verified(known.identity());
    }

    /** Why the time is not right, or null. */
    private @Nullable String outside(SigV4Credential credential, Instant now) {
        Instant signedAt = credential.signedAt();
        if (now.isBefore(signedAt.minus(settings.window()))) {
            return "future";
        }
        Duration expires = credential.expires();
        if (expires != null) {
            // signed + expires == now is expired.
            return now.isBefore(signedAt.plus(expires)) ? null : PRESIGNED_EXPIRED;
        }
        return now.isAfter(signedAt.plus(settings.window())) ? "expired" : null;
    }

    /**
     * What of the request could be changed although it has to be as the client made it, or null. Whatever else a client
     * signs is covered too.
     */
    private static @Nullable String uncovered(SigV4Credential credential, Exchange exchange) {
        if (!covers(credential, "host")) {
            return "host_not_signed";
        }
        if (!credential.isPresigned() && !covers(credential, credential.dateField())) {
            return "date_not_signed";
        }
        if (!exchange.headers("content-type").isEmpty() && !covers(credential, "content-type")) {
            return "content_type_not_signed";
        }
        for (String name : exchange.headerNames()) {
            if (name.length() > 6
                    && Ascii.equalsIgnoreCase(name.substring(0, 6), "x-amz-")
                    && !covers(credential, Ascii.lowerCase(name))) {
                return "amz_field_not_signed";
            }
        }
        return null;
    }

    private static boolean covers(SigV4Credential credential, String name) {
        return Collections.binarySearch(credential.signedFields(), name) >= 0;
    }

    /** The canonical requests that a client may mean; none if the request cannot be written so that nothing is ambiguous. */
    private List<SigV4CanonicalRequest> canonical(SigV4Credential credential, Exchange exchange) {
        return canonical(credential, exchange, credential.query(), name -> lines(name, exchange), pathRules);
    }

    private static List<SigV4CanonicalRequest> canonical(
            SigV4Credential credential,
            Exchange exchange,
            SigV4Query query,
            Function<String, List<String>> lines,
            List<SigV4PathRule> rules) {
        String rawPath = exchange.rawPath();
        String rawQuery = exchange.rawQuery();
        // What is not ASCII is, in other bytes, the same to our encoding, and something else to the application.
        if (!FieldValue.isToken(exchange.method())
                || !rawPath.startsWith("/")
                || !FieldValue.isVisibleAscii(rawPath)
                || (rawQuery != null && !rawQuery.isEmpty() && !FieldValue.isVisibleAscii(rawQuery))) {
            return List.of();
        }
        String canonicalQuery =
                credential.isPresigned() ? query.canonicalWithout(SIGNATURE_PARAMETER) : query.canonical();
        List<SigV4CanonicalRequest> requests = new ArrayList<>(rules.size());
        String before = "";
        for (SigV4PathRule rule : rules) {
            String path = rule.canonical(rawPath).orElse("");
            if (!path.isEmpty() && !path.equals(before)) {
                SigV4CanonicalRequest.of(exchange.method(), path, canonicalQuery, credential.signedFields(), lines)
                        .ifPresent(requests::add);
            }
            before = path;
        }
        return requests;
    }

    private List<String> lines(String name, Exchange exchange) {
        if (!name.equals("host")) {
            return exchange.headers(name);
        }
        String authority = externalAuthority == null ? exchange.authority() : externalAuthority;
        return authority == null ? List.of() : List.of(authority);
    }

    private static boolean isSigned(
            List<SigV4CanonicalRequest> requests, String payload, SigV4Key key, SigV4Credential credential) {
        boolean good = false;
        for (SigV4CanonicalRequest request : requests) {
            String expected = key.request(credential.timestamp(), request.sha256(payload));
            good |= ConstantTime.equals(expected, credential.signature());
        }
        return good;
    }

    private boolean isFirst(SigV4Credential credential, Instant now) {
        Duration expires = credential.expires();
        Instant end = credential.signedAt().plus(expires == null ? settings.window() : expires);
        return replays.isFirst(
                credential.keyId(),
                credential.signature(),
                Duration.between(now, end).plus(CLOCKS_APART));
    }

    /** What should have been signed, for the author of a client, without any value that may be a credential. */
    private void tell(SigV4Credential credential, Exchange exchange, String payload) {
        if (!settings.debugCanonical() || !LOG.isDebugEnabled()) {
            return;
        }
        List<SigV4CanonicalRequest> requests = canonical(
                credential,
                exchange,
                credential.query().masked(TOKEN_PARAMETER),
                name -> SHOWN.contains(name) ? shown(lines(name, exchange)) : List.of("****"),
                pathRules.subList(0, 1));
        for (SigV4CanonicalRequest request : requests) {
            LOG.debug(
                    "Request {} is not signed; the canonical request, with \\n for line breaks: {}",
                    exchange.requestId(),
                    request.text(payload).replace("\n", "\\n"));
        }
    }

    /** Without what could move text about in a log. */
    private static List<String> shown(List<String> values) {
        List<String> shown = new ArrayList<>();
        for (String value : values) {
            shown.add(FieldValue.hasControl(value.replace('\t', ' ')) ? "****" : value);
        }
        return shown;
    }

    /** The value of {@code Host} for a URL: in lower case, and with the port unless it is the scheme's own. */
    private static String authority(String url) {
        URI uri = URI.create(url);
        int own = "https".equals(uri.getScheme()) ? 443 : 80;
        String host = Ascii.lowerCase(String.valueOf(uri.getHost()));
        return uri.getPort() == -1 || uri.getPort() == own ? host : host + ":" + uri.getPort();
    }

    private static Verification.Rejected rejected(RejectionReason reason, String detail) {
        return new Verification.Rejected(reason, detail);
    }
}
