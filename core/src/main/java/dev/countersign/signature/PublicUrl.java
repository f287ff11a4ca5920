package dev.countersign.signature;

import dev.countersign.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The URL of a request as the world sees it: the configured origin and path of the application, and what the request target
 * has behind the context path. Nothing that a client or a proxy says of the host goes into it.
 */
public final class PublicUrl {
    private static final String HTTPS = "https://";
    private static final String HTTP = "http://";

    private PublicUrl() {}

    /**
     * The URL of a request, with its raw query.
     *
     * @param baseUrl the external origin and path of the application, without a slash at its end
     * @return empty if the request's path is not below its context path, as it came
     */
    public static Optional<String> of(String baseUrl, Exchange exchange) {
        String path = exchange.rawPath();
        String context = exchange.contextPath();
        if (!path.startsWith(context)) {
            return Optional.empty();
        }
        String query = exchange.rawQuery();
        String below = path.substring(context.length());
        return Optional.of(query == null ? baseUrl + below : baseUrl + below + "?" + query);
    }

    /**
     * The URL, and the other way to write it: with the scheme's own port if it names none, without the port if it does.
     * Twilio may sign either.
     */
    public static List<String> withAndWithoutPort(String url) {
        List<String> both = new ArrayList<>(2);
        both.add(url);
        boolean https = url.startsWith(HTTPS);
        if (!https && !url.startsWith(HTTP)) {
            return both;
        }
        int start = https ? HTTPS.length() : HTTP.length();
        int end = start;
        while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
            end++;
        }
        int bracket = url.lastIndexOf(']', end);
        int colon = url.lastIndexOf(':', end - 1);
        boolean port = colon > bracket && colon >= start;
        both.add(
                port
                        ? url.substring(0, colon) + url.substring(end)
                        : url.substring(0, end) + (https ? ":443" : ":80") + url.substring(end));
        return both;
    }
}
