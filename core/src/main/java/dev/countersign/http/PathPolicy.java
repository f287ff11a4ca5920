package dev.countersign.http;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which paths are read at all (SPEC section 6 R40). Refused are paths that containers and applications are known to read
 * in more than one way: {@code ;}, {@code \}, {@code //}, {@code .} and {@code ..} segments, {@code %2f}, {@code %5c},
 * {@code %2e}, {@code %3b}, control characters raw or encoded, broken percent escapes, and what is not UTF-8.
 *
 * <p>An {@link Allowance} opens one of them. Never open: {@code %00} and other control characters, backslashes,
 * {@code %2e}, {@code %3b}, bad escapes, bad UTF-8, raw characters that are not ASCII, a fragment, a path that leaves its root by
 * {@code ..}, a dot segment with a parameter or beside an encoded slash, and an empty segment with a parameter.
 */
public final class PathPolicy {
    /** What a path may have although the strict policy refuses it: the values of {@code paths.allow}. */
    public enum Allowance {
        /** Semicolons, that is path parameters; not encoded ones. */
        MATRIX,
        /** {@code %2f}. */
        ENCODED_SLASH,
        /** Empty segments. */
        DOUBLE_SLASH,
        /** Segments {@code .} and {@code ..}; not encoded ones. */
        DOT_SEGMENTS;

        /** The allowance of this name in the configuration: {@code matrix}, {@code encoded-slash} …; else empty. */
        public static Optional<Allowance> of(String key) {
            return switch (key) {
                case "matrix" -> Optional.of(MATRIX);
                case "encoded-slash" -> Optional.of(ENCODED_SLASH);
                case "double-slash" -> Optional.of(DOUBLE_SLASH);
                case "dot-segments" -> Optional.of(DOT_SEGMENTS);
                default -> Optional.empty();
            };
        }
    }

    /** Nothing is allowed beyond plain paths: the default. */
    public static final PathPolicy STRICT = new PathPolicy(Set.of());

    private static final Optional<String> GOOD = Optional.empty();

    private final boolean matrix;
    private final boolean encodedSlash;
    private final boolean doubleSlash;
    private final boolean dotSegments;

    private PathPolicy(Set<Allowance> allowances) {
        matrix = allowances.contains(Allowance.MATRIX);
        encodedSlash = allowances.contains(Allowance.ENCODED_SLASH);
        doubleSlash = allowances.contains(Allowance.DOUBLE_SLASH);
        dotSegments = allowances.contains(Allowance.DOT_SEGMENTS);
    }

    /** A policy that is strict but for these. */
    public static PathPolicy allowing(Set<Allowance> allowances) {
        return allowances.isEmpty() ? STRICT : new PathPolicy(EnumSet.copyOf(allowances));
    }

    /**
     * Checks the path of a request target as it was sent: not decoded, without query, without scheme and authority.
     *
     * @return empty if it is accepted ({@code *} is), else a fixed word for the log: {@code no_leading_slash},
     *     {@code semicolon}, {@code backslash}, {@code double_slash}, {@code dot_segment}, {@code encoded_slash},
     *     {@code encoded_backslash}, {@code encoded_dot}, {@code encoded_semicolon}, {@code encoded_nul},
     *     {@code control}, {@code bad_utf8}, {@code bad_escape}, {@code not_a_path}
     */
    public Optional<String> check(String rawPath) {
        if (rawPath.equals("*")) {
            return GOOD;
        }
        if (rawPath.isEmpty() || rawPath.charAt(0) != '/') {
            return Optional.of("no_leading_slash");
        }
        Optional<String> characters = checkCharacters(rawPath);
        return characters.isPresent() ? characters : checkSegments(rawPath);
    }

    private Optional<String> checkCharacters(String path) {
        int i = 0;
        while (i < path.length()) {
            char c = path.charAt(i);
            if (c == '%') {
                int octet = octet(path, i);
                if (octet < 0) {
                    return Optional.of("bad_escape");
                }
                if (octet < 0x80) {
                    Optional<String> problem = checkEncoded(octet);
                    if (problem.isPresent()) {
                        return problem;
                    }
                    i += 3;
                } else {
                    int length = utf8Length(octet);
                    int character = utf8Character(path, i, length);
                    if (character < 0) {
                        return Optional.of("bad_utf8");
                    }
                    if (character <= 0x9F) {
                        return Optional.of("control");
                    }
                    i += 3 * length;
                }
            } else if (c >= 0x80) {
                // RFC 3986 knows no such character; which bytes it came from is the container's guess.
                return Optional.of("bad_utf8");
            } else if (c <= ' ' || c == 0x7F) {
                return Optional.of("control");
            } else if (c == ';' && !matrix) {
                return Optional.of("semicolon");
            } else if (c == '\\') {
                return Optional.of("backslash");
            } else if (c == '?' || c == '#') {
                return Optional.of("not_a_path");
            } else {
                i++;
            }
        }
        return GOOD;
    }

    private Optional<String> checkEncoded(int octet) {
        if (octet == 0) {
            return Optional.of("encoded_nul");
        }
        if (octet < ' ' || octet == 0x7F) {
            return Optional.of("control");
        }
        return switch (octet) {
            case '/' -> encodedSlash ? GOOD : Optional.of("encoded_slash");
            case '\\' -> Optional.of("encoded_backslash");
            case '.' -> Optional.of("encoded_dot");
            case ';' -> Optional.of("encoded_semicolon");
            default -> GOOD;
        };
    }

    /** Comes after {@link #checkCharacters}, so each % is followed by two digits, and %2f occurs only if allowed. */
    private Optional<String> checkSegments(String path) {
        int depth = 0;
        int start = 1;
        boolean afterEncodedSlash = false;
        while (start <= path.length()) {
            int end = segmentEnd(path, start);
            boolean last = end == path.length();
            boolean beforeEncodedSlash = !last && path.charAt(end) == '%';
            int nameEnd = nameEnd(path, start, end);
            boolean parameters = nameEnd < end;
            int dots = dots(path, start, nameEnd);
            if (nameEnd == start) {
                if (!last && parameters) {
                    return Optional.of("semicolon");
                }
                if (!last && !doubleSlash) {
                    return Optional.of("double_slash");
                }
            } else if (dots > 0) {
                depth -= dots - 1;
                if (!dotSegments || parameters || afterEncodedSlash || beforeEncodedSlash || depth < 0) {
                    return Optional.of("dot_segment");
                }
            } else {
                depth++;
            }
            afterEncodedSlash = beforeEncodedSlash;
            start = end + (beforeEncodedSlash ? 3 : 1);
        }
        return GOOD;
    }

    /** The index of the next slash, plain or encoded, or the end of the path. */
    private static int segmentEnd(String path, int start) {
        for (int i = start; i < path.length(); i++) {
            char c = path.charAt(i);
            if (c == '/' || (c == '%' && octet(path, i) == '/')) {
                return i;
            }
        }
        return path.length();
    }

    private static int nameEnd(String path, int start, int end) {
        int semicolon = path.indexOf(';', start);
        return semicolon < 0 || semicolon > end ? end : semicolon;
    }

    /** 1 for a segment {@code .}, 2 for {@code ..}, else 0. */
    private static int dots(String path, int start, int end) {
        int length = end - start;
        if (length < 1 || length > 2 || path.charAt(start) != '.' || path.charAt(end - 1) != '.') {
            return 0;
        }
        return length;
    }

    /** The octet that the escape at {@code index} stands for, or -1 if there is no whole escape. */
    private static int octet(String path, int index) {
        if (index + 2 >= path.length() || path.charAt(index) != '%') {
            return -1;
        }
        int high = Ascii.hexDigit(path.charAt(index + 1));
        int low = Ascii.hexDigit(path.charAt(index + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** How many octets a UTF-8 sequence with this first octet has (RFC 3629 section 4), or 0 if none starts so. */
    private static int utf8Length(int first) {
        if (first >= 0xC2 && first <= 0xDF) {
            return 2;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return 3;
        }
        return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
    }

    /** The character of the escaped sequence at {@code index}, or -1 if it is not the shortest form of one. */
    private static int utf8Character(String path, int index, int length) {
        if (length == 0) {
            return -1;
        }
        int character = octet(path, index) & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            int octet = octet(path, index + 3 * i);
            if (octet < 0 || (octet & 0xC0) != 0x80) {
                return -1;
            }
            character = (character << 6) | (octet & 0x3F);
        }
        boolean overlong = (length == 3 && character < 0x800) || (length == 4 && character < 0x10000);
        boolean surrogate = character >= 0xD800 && character <= 0xDFFF;
        return overlong || surrogate || character > 0x10FFFF ? -1 : character;
    }
}
