package dev.countersign.signature;

import dev.countersign.Body;
import dev.countersign.key.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code Content-Digest} field says of content (RFC 9530 section 2): at least one SHA-256 or SHA-512, each of which
 * must be right. Other algorithms are passed over; alone they say nothing. For one message; used by one thread.
 *
 * <pre>{@code
 * ContentDigest digest = ContentDigest.parse(lines, 1024).orElseThrow();
 * body.read(digest);
 * boolean same = digest.matches();
 * }</pre>
 */
public final class ContentDigest implements Body.Sink {
    /** The field's name. */
    public static final String FIELD = "Content-Digest";

    private static final class Expected {
        private final MessageDigest digest;
        private final byte[] value;

        Expected(MessageDigest digest, byte[] value) {
            this.digest = digest;
            this.value = value;
        }
    }

    private final List<Expected> expected;

    private ContentDigest(List<Expected> expected) {
        this.expected = expected;
    }

    /**
     * Reads the field.
     *
     * @param lines its lines
     * @param maxLength how many characters they may have together
     * @return empty if it cannot be read, or has no algorithm that counts
     */
    public static Optional<ContentDigest> parse(List<String> lines, int maxLength) {
        Map<String, StructuredFields.Member> members =
                StructuredFields.dictionary(lines, maxLength).orElse(Map.of());
        List<Expected> expected = new ArrayList<>(1);
        for (Map.Entry<String, StructuredFields.Member> member : members.entrySet()) {
            // RFC 9530 section 2: every value is a byte sequence.
            if (!(member.getValue() instanceof StructuredFields.Item item
                    && item.value() instanceof ByteBuffer bytes)) {
                return Optional.empty();
            }
            byte[] value = new byte[bytes.remaining()];
            bytes.duplicate().get(value);
            switch (member.getKey()) {
                case "sha-256" -> expected.add(new Expected(Sha256.start(), value));
                case "sha-512" -> expected.add(new Expected(sha512(), value));
                default -> {}
            }
        }
        return expected.isEmpty() ? Optional.empty() : Optional.of(new ContentDigest(expected));
    }

    /** The field's value for content whose SHA-256 this is: for whoever sends it. */
    public static String sha256(byte[] digest) {
        return "sha-256=" + StructuredFields.bytes(digest);
    }

    /** The field's value for this content, with SHA-256. */
    public static String of(byte[] content) {
        return sha256(Sha256.start().digest(content));
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        for (Expected one : expected) {
            one.digest.update(bytes, offset, length);
        }
    }

    /** Whether the content that was passed on is the one that the field tells of. To be asked once. */
    public boolean matches() {
        boolean matches = true;
        for (Expected one : expected) {
            matches &= MessageDigest.isEqual(one.digest.digest(), one.value);
        }
        return matches;
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-512", e);
        }
    }
}
