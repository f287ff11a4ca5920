package dev.countersign.servlet.response;

import java.util.Locale;

/** The fields that scripts of other origins may read wherever a response is open to them (SPEC G9). */
final class ExposedFields {
    static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
    static final String EXPOSE = "Access-Control-Expose-Headers";
    static final String NAMES = "WWW-Authenticate, DPoP-Nonce, Retry-After, RateLimit, RateLimit-Policy";

    private ExposedFields() {}

    /** What an application exposes, and ours. */
    static String with(String value) {
        StringBuilder all = new StringBuilder(value.strip());
        String known = "," + value.toLowerCase(Locale.ROOT).replace(" ", "") + ",";
        for (String name : NAMES.split(", ", -1)) {
            if (!known.contains("," + name.toLowerCase(Locale.ROOT) + ",")) {
                all.append(all.isEmpty() ? "" : ", ").append(name);
            }
        }
        return all.toString();
    }
}
