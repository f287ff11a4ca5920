package dev.countersign.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses in their text form, read without ever asking a name service: strict dotted quads (no leading zeros, no
 * short forms) and IPv6 as in RFC 4291 section 2.2, without zone. IPv4-mapped IPv6 addresses become IPv4.
 */
public final class AddressLiteral {
    private static final int IPV6_GROUPS = 8;

    private AddressLiteral() {}

    /** Reads an address without brackets and port. */
    public static Optional<InetAddress> parse(String text) {
        return Optional.ofNullable(address(text));
    }

    /**
     * Reads an address as it stands in {@code X-Forwarded-For}: {@code IPv4}, {@code IPv4:port}, {@code [IPv6]},
     * {@code [IPv6]:port}, {@code IPv6}.
     */
    static @Nullable InetAddress withPort(String text) {
        int colon = text.indexOf(':');
        boolean bareIpv6 = !text.startsWith("[") && colon >= 0 && text.indexOf(':', colon + 1) >= 0;
        return bareIpv6 ? address(text) : node(text);
    }

    /** Reads a node with an address (RFC 7239 section 6): IPv6 only in brackets; the port may be obfuscated. */
    static @Nullable InetAddress node(String text) {
        int end;
        byte[] bytes;
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            if (bracket < 0) {
                return null;
            }
            bytes = ipv6(text.substring(1, bracket));
            end = bracket + 1;
        } else {
            int colon = text.indexOf(':');
            end = colon < 0 ? text.length() : colon;
            bytes = ipv4(text.substring(0, end));
        }
        return bytes != null && (end == text.length() || isPort(text, end)) ? ofBytes(bytes) : null;
    }

    /** The bytes that compare equal for equal addresses: 4 for IPv4 and IPv4-mapped IPv6, else 16. */
    static byte[] normalBytes(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (!isMapped(bytes)) {
            return bytes;
        }
        return new byte[] {bytes[12], bytes[13], bytes[14], bytes[15]};
    }

    /** The address without zone, and as IPv4 if it is IPv4-mapped. */
    static InetAddress normalised(InetAddress address) {
        return ofBytes(normalBytes(address));
    }

    static String text(byte[] bytes) {
        return ofBytes(bytes).getHostAddress();
    }

    private static boolean isMapped(byte[] bytes) {
        if (bytes.length != 16 || bytes[10] != -1 || bytes[11] != -1) {
            return false;
        }
        for (int i = 0; i < 10; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable InetAddress address(String text) {
        byte[] bytes = text.indexOf(':') >= 0 ? ipv6(text) : ipv4(text);
        return bytes == null ? null : ofBytes(bytes);
    }

    private static InetAddress ofBytes(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("An address has neither 4 nor 16 bytes", e);
        }
    }

    /** A colon and a port of up to five digits, or an obfuscated one: an underscore and one or more of ALPHA DIGIT ._- */
    private static boolean isPort(String text, int colon) {
        int start = colon + 1;
        if (text.charAt(colon) != ':' || start == text.length()) {
            return false;
        }
        boolean obfuscated = text.charAt(start) == '_';
        int first = obfuscated ? start + 1 : start;
        if (first == text.length() || (!obfuscated && text.length() - first > 5)) {
            return false;
        }
        for (int i = first; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(obfuscated ? Ascii.isAlphanumeric(c) || c == '.' || c == '_' || c == '-' : Ascii.isDigit(c))) {
                return false;
            }
        }
        return obfuscated || Integer.parseInt(text.substring(first)) <= 65535;
    }

    private static byte @Nullable [] ipv4(String text) {
        if (text.length() > 15) {
            return null;
        }
        byte[] bytes = new byte[4];
        int start = 0;
        for (int i = 0; i < 4; i++) {
            int end = i < 3 ? text.indexOf('.', start) : text.length();
            int octet = end < 0 ? -1 : decimal(text, start, end, 255);
            if (octet < 0) {
                return null;
            }
            bytes[i] = (byte) octet;
            start = end + 1;
        }
        return bytes;
    }

    /** A decimal number without leading zeros, or -1 if it is none, or larger than {@code max} (at most 255). */
    static int decimal(String text, int start, int end, int max) {
        int length = end - start;
        if (length < 1 || length > 3 || (length > 1 && text.charAt(start) == '0')) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            if (!Ascii.isDigit(text.charAt(i))) {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value <= max ? value : -1;
    }

    private static byte @Nullable [] ipv6(String text) {
        // The longest form: six groups and a dotted quad.
        if (text.length() > 45) {
            return null;
        }
        int gap = text.indexOf("::");
        if (gap < 0) {
            byte[] bytes = new byte[16];
            return groups(text, bytes) == IPV6_GROUPS ? bytes : null;
        }
        byte[] left = new byte[16];
        byte[] right = new byte[16];
        String leftText = text.substring(0, gap);
        // A dotted quad may stand at the very end only.
        int leftCount = leftText.indexOf('.') >= 0 ? -1 : groups(leftText, left);
        int rightCount = groups(text.substring(gap + 2), right);
        // "::" stands for one or more groups of zeros (RFC 4291 section 2.2).
        if (leftCount < 0 || rightCount < 0 || leftCount + rightCount >= IPV6_GROUPS) {
            return null;
        }
        System.arraycopy(right, 0, left, 16 - 2 * rightCount, 2 * rightCount);
        return left;
    }

    /** Reads groups separated by single colons; how many there are, or -1. */
    private static int groups(String text, byte[] into) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        int start = 0;
        while (count < IPV6_GROUPS) {
            int colon = text.indexOf(':', start);
            int end = colon < 0 ? text.length() : colon;
            if (colon < 0 && text.indexOf('.', start) >= 0) {
                return quad(text.substring(start), into, count);
            }
            int group = group(text, start, end);
            if (group < 0) {
                return -1;
            }
            into[2 * count] = (byte) (group >> 8);
            into[2 * count + 1] = (byte) group;
            count++;
            if (colon < 0) {
                return count;
            }
            start = end + 1;
        }
        return -1;
    }

    private static int quad(String text, byte[] into, int count) {
        byte[] quad = ipv4(text);
        if (quad == null || count > IPV6_GROUPS - 2) {
            return -1;
        }
        System.arraycopy(quad, 0, into, 2 * count, 4);
        return count + 2;
    }

    private static int group(String text, int start, int end) {
        if (end - start < 1 || end - start > 4) {
            return -1;
        }
        int value = 0;
        for (int i = start; i < end; i++) {
            int digit = Ascii.hexDigit(text.charAt(i));
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }
}
