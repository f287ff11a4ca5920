package dev.countersign.scheme.hmac;

import dev.countersign.Claim;
import dev.countersign.Exchange;
import dev.countersign.RejectionReason;
import dev.countersign.http.Ascii;
import dev.countersign.http.AuthorizationField;
import dev.countersign.http.FieldValue;
import dev.countersign.signature.SigV4Key;
import dev.countersign.signature.SigV4Query;
import dev.countersign.signature.SigV4Scope;
import dev.countersign.signature.SigV4Time;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds a signature of Signature Version 4, in {@code Authorization} or in the query; no I/O. */
final class SigV4CredentialParser {
    static final String AUTHORIZATION = "authorization";

    /** Names the query parameter among the carriers. */
    static final String PRESIGNED = "x-amz-signature";

    /** How many fields a signature may cover. */
    static final int MAX_SIGNED_FIELDS = 128;

    private static final int MAX_KEY_ID = 128;
    private static final int SIGNATURE_LENGTH = 64;
    private static final int MAX_EXPIRES = 604_800;
    private static final int HTTP_DATE_LENGTH = 29;

    private static final Set<String> PARAMETERS = Set.of("Credential", "SignedHeaders", "Signature");
    private static final List<String> PRESIGNED_PARAMETERS = List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Signature");
    private static final List<String> TELLTALES = List.of("X-Amz-Signature", "X-Amz-Credential", "X-Amz-Algorithm");

    private final int maxLength;
    private final boolean presigned;

    /**
     * @param maxLength the longest field value, in characters
     * @param presigned whether a signature in the query is looked for
     */
    SigV4CredentialParser(int maxLength, boolean presigned) {
        this.maxLength = maxLength;
        this.presigned = presigned;
    }

    Claim parse(Exchange exchange) {
        List<String> lines = exchange.headers(AUTHORIZATION);
        AuthorizationField authorization = authorization(lines);
        String rawQuery = exchange.rawQuery();
        if (authorization == null && (!presigned || rawQuery == null)) {
            return Claim.absent();
        }
        SigV4Query query = SigV4Query.parse(rawQuery).orElse(null);
        if (authorization == null) {
            return query == null ? unreadable(rawQuery) : isPresigned(query) ? query(query) : Claim.absent();
        }
        if (lines.size() > 1) {
            return multiple("two_authorization_fields");
        }
        if (query == null) {
            return malformed("query");
        }
        if (isPresigned(query)) {
            return multiple("two_signature_carriers");
        }
        return field(authorization, query, exchange);
    }

    /** The first line with our scheme, or null. */
    private static @Nullable AuthorizationField authorization(List<String> lines) {
        for (String line : lines) {
            AuthorizationField field = AuthorizationField.parse(line).orElse(null);
            if (field != null && field.is(SigV4Key.ALGORITHM)) {
                return field;
            }
        }
        return null;
    }

    private static boolean isPresigned(SigV4Query query) {
        for (String name : TELLTALES) {
            if (!query.values(name).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** A query that cannot be read is ours only if it seems to be signed. */
    private static Claim unreadable(@Nullable String rawQuery) {
        boolean ours = rawQuery != null && TELLTALES.stream().anyMatch(rawQuery::contains);
        return ours ? malformed("query") : Claim.absent();
    }

    private Claim field(AuthorizationField field, SigV4Query query, Exchange exchange) {
        if (field.length() > maxLength) {
            return malformed("too_long");
        }
        Map<String, String> parameters = field.delimited() ? parameters(field.credentials()) : null;
        if (parameters == null || parameters.size() != PARAMETERS.size()) {
            return malformed("parameters");
        }
        String dateField = exchange.headers("x-amz-date").isEmpty() ? "date" : "x-amz-date";
        List<String> dates = exchange.headers(dateField);
        Optional<Instant> signedAt =
                dates.size() == 1 ? time(dateField, FieldValue.trim(dates.get(0))) : Optional.empty();
        if (signedAt.isEmpty()) {
            return malformed("date");
        }
        return credential(
                parameters.getOrDefault("Credential", ""),
                SigV4Time.format(signedAt.get()),
                signedAt.get(),
                dateField,
                null,
                parameters.getOrDefault("SignedHeaders", ""),
                parameters.getOrDefault("Signature", ""),
                query);
    }

    /** {@code Date} alone may also have the form of HTTP (RFC 9110 section 5.6.7). */
    private static Optional<Instant> time(String dateField, String text) {
        Optional<Instant> time = SigV4Time.parse(text);
        if (time.isPresent()
                || !dateField.equals("date")
                || text.length() != HTTP_DATE_LENGTH
                || !text.endsWith(" GMT")) {
            return time;
        }
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Names and values between commas, each of the known names at most once; null if they are others. */
    private static @Nullable Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        int start = 0;
        while (start <= text.length()) {
            int comma = text.indexOf(',', start);
            int end = comma < 0 ? text.length() : comma;
            int equals = text.indexOf('=', start);
            if (equals < 0 || equals > end) {
                return null;
            }
            String name = FieldValue.trim(text.substring(start, equals));
            String value = FieldValue.trim(text.substring(equals + 1, end));
            if (!PARAMETERS.contains(name) || parameters.putIfAbsent(name, value) != null) {
                return null;
            }
            start = end + 1;
        }
        return parameters;
    }

    private static Claim query(SigV4Query query) {
        Map<String, String> values = new HashMap<>();
        for (String name : PRESIGNED_PARAMETERS) {
            List<String> found = query.values(name);
            if (found.size() > 1) {
                return multiple("repeated_parameter");
            }
            if (found.isEmpty()) {
                return malformed("parameters");
            }
            values.put(name, found.get(0));
        }
        if (query.values("X-Amz-Security-Token").size() > 1) {
            return multiple("repeated_parameter");
        }
        if (!SigV4Key.ALGORITHM.equals(values.get("X-Amz-Algorithm"))) {
            return malformed("algorithm");
        }
        String timestamp = values.getOrDefault("X-Amz-Date", "");
        Optional<Instant> signedAt = SigV4Time.parse(timestamp);
        if (signedAt.isEmpty()) {
            return malformed("date");
        }
        int expires = expires(values.getOrDefault("X-Amz-Expires", ""));
        if (expires < 0) {
            return malformed("expires");
        }
        return credential(
                values.getOrDefault("X-Amz-Credential", ""),
                timestamp,
                signedAt.get(),
                "",
                Duration.ofSeconds(expires),
                values.getOrDefault("X-Amz-SignedHeaders", ""),
                values.getOrDefault("X-Amz-Signature", ""),
                query);
    }

    /** One second to seven days; -1 if it is something else. */
    private static int expires(String text) {
        if (text.isEmpty() || text.length() > 6 || text.charAt(0) == '0') {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
        }
        int seconds = Integer.parseInt(text);
        return seconds <= MAX_EXPIRES ? seconds : -1;
    }

    private static Claim credential(
            String credential,
            String timestamp,
            Instant signedAt,
            String dateField,
            @Nullable Duration expires,
            String signedHeaders,
            String signature,
            SigV4Query query) {
        List<String> parts = parts(credential, '/', 5);
        if (parts.size() != 5
                || !FieldValue.isVisibleAscii(credential)
                || parts.contains("")
                || !FieldValue.isToken(parts.get(0))
                || parts.get(0).length() > MAX_KEY_ID
                || !parts.get(4).equals(SigV4Scope.TERMINATOR)) {
            return malformed("credential");
        }
        List<String> signedFields = parts(signedHeaders, ';', MAX_SIGNED_FIELDS);
        if (!isSorted(signedFields)) {
            return malformed("signed_headers");
        }
        if (!isSha(signature)) {
            return malformed("signature");
        }
        SigV4Scope scope = new SigV4Scope(parts.get(1), parts.get(2), parts.get(3));
        return new Claim.Presented(new SigV4Credential(
                parts.get(0),
                scope,
                timestamp,
                signedAt,
                dateField,
                expires,
                List.copyOf(signedFields),
                signature,
                query));
    }

    /** What stands between separators; none at all if there are more than so many parts. */
    private static List<String> parts(String text, char separator, int most) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (start <= text.length()) {
            if (parts.size() == most) {
                return List.of();
            }
            int next = text.indexOf(separator, start);
            int end = next < 0 ? text.length() : next;
            parts.add(text.substring(start, end));
            start = end + 1;
        }
        return parts;
    }

    /** Whether these are names of fields, at least one, in lower case, sorted, each once: the list has one spelling. */
    private static boolean isSorted(List<String> names) {
        String before = "";
        for (String name : names) {
            if (!FieldValue.isToken(name) || !Ascii.lowerCase(name).equals(name) || name.compareTo(before) <= 0) {
                return false;
            }
            before = name;
        }
        return !names.isEmpty();
    }

    /** Whether it is what SHA-256 gives, in lower-case hexadecimal digits. */
    static boolean isSha(String text) {
        if (text.length() != SIGNATURE_LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static Claim malformed(String detail) {
        // As wrong: R28 knows nothing else.
        return new Claim.Malformed(RejectionReason.SIGNATURE_INVALID, detail);
    }

    private static Claim multiple(String detail) {
        return new Claim.Malformed(RejectionReason.MULTIPLE_CREDENTIALS, detail);
    }
}
