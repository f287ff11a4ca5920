package dev.countersign.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How Signature Version 4 writes the path of a request, which depends on the service. */
public enum SigV4PathRule {
    /**
     * For every service but S3: empty segments and those of dots are resolved, and what the client sent is encoded once
     * more, so that {@code /a%20b} becomes {@code /a%2520b}. A slash at the end stays.
     */
    NORMALIZED {
        @Override
        public Optional<String> canonical(String rawPath) {
            StringBuilder path = new StringBuilder(rawPath.length() + 16);
            for (int[] segment : segments(rawPath)) {
                path.append('/');
                if (!PercentEncoding.append(path, rawPath, segment[0], segment[1])) {
                    return Optional.empty();
                }
            }
            if (path.length() == 0 || rawPath.charAt(rawPath.length() - 1) == '/') {
                path.append('/');
            }
            return Optional.of(path.toString());
        }
    },

    /**
     * For S3, whose keys may be any text: encoded once and not normalised. Whichever characters the client had encoded, and
     * with digits of either case, the result is the same; but {@code %2F} is never a slash.
     */
    S3 {
        @Override
        public Optional<String> canonical(String rawPath) {
            StringBuilder path = new StringBuilder(rawPath.length() + 16);
            boolean good = PercentEncoding.appendOnce(path, rawPath, 0, rawPath.length(), true);
            return good ? Optional.of(path.length() == 0 ? "/" : path.toString()) : Optional.empty();
        }
    },

    /**
     * Also for S3: exactly as it was sent, which is what some clients sign. It differs from {@link #S3} only where a path
     * has characters such as {@code +} that need no encoding, or lower-case digits.
     */
    AS_SENT {
        @Override
        public Optional<String> canonical(String rawPath) {
            for (int i = 0; i < rawPath.length(); i++) {
                char c = rawPath.charAt(i);
                if (c <= ' ' || c > '~' || (c == '%' && PercentEncoding.octet(rawPath, i, rawPath.length()) < 0)) {
                    return Optional.empty();
                }
            }
            return Optional.of(rawPath.isEmpty() ? "/" : rawPath);
        }
    };

    /**
     * The canonical form of a path.
     *
     * @param rawPath as it is in the request target, without query
     * @return empty if it has none: a percent sign without two digits where that matters, or a lone surrogate
     */
    public abstract Optional<String> canonical(String rawPath);

    /** The rule that requests to a service are signed by. */
    public static SigV4PathRule of(String service) {
        return service.equals("s3") ? S3 : NORMALIZED;
    }

    /** Start and end of each segment that is left when {@code .} and {@code ..} are resolved and empty ones dropped. */
    private static List<int[]> segments(String path) {
        List<int[]> segments = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            int length = end - start;
            if (length == 2 && path.startsWith("..", start)) {
                if (!segments.isEmpty()) {
                    segments.remove(segments.size() - 1);
                }
            } else if (length > 0 && !(length == 1 && path.charAt(start) == '.')) {
                segments.add(new int[] {start, end});
            }
            start = end + 1;
        }
        return segments;
    }
}
