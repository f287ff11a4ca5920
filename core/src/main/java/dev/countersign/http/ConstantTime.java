package dev.countersign.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Compares secrets in a time that does not tell where they differ. Their lengths are not hidden. */
public final class ConstantTime {
    private ConstantTime() {}

    /** Whether both have the same bytes. */
    public static boolean equals(byte[] a, byte[] b) {
        return MessageDigest.isEqual(a, b);
    }

    /** Whether both have the same bytes in UTF-8. A lone surrogate equals a question mark: compare valid text only. */
    public static boolean equals(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
