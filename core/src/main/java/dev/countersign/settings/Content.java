package dev.countersign.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one reading of a file gave: its text and a digest to compare, or a reason that names neither content nor path.
 */
record Content(
        @Nullable String text,
        @Nullable String digest,
        @Nullable String failure) {
    /** Properties files, and values that come from files. */
    static final int VALUE_BYTES = 1 << 20;
    /** Stores, which may hold a million records. */
    static final int STORE_BYTES = 512 << 20;

    static final String MISSING = "the file to exist";

    static Content read(Optional<ResourceLookup.Resource> resource, int maxBytes) {
        if (resource.isEmpty()) {
            return failed(MISSING);
        }
        byte[] bytes;
        try (InputStream in = resource.get().open()) {
            bytes = in.readNBytes(maxBytes);
            if (in.read() >= 0) {
                return failed("a file of at most " + (maxBytes >> 20) + " MiB");
            }
        } catch (IOException | RuntimeException e) {
            return unreadable(e);
        }
        String text = decode(bytes);
        return text == null ? failed("a file in UTF-8") : new Content(text, digest(bytes), null);
    }

    static Content failed(String expected) {
        return new Content(null, null, expected);
    }

    static Content unreadable(Exception e) {
        // Not the message, which in some exceptions is the path alone and in others may be anything.
        return failed(
                e instanceof FileLookup.DirectoryException
                        ? "a file, not a directory"
                        : "a readable file, not " + e.getClass().getSimpleName());
    }

    /** Whether both readings gave the same, be it text or a failure. */
    boolean same(Content other) {
        return failure == null ? digest != null && digest.equals(other.digest) : failure.equals(other.failure);
    }

    /** The same to compare with, without keeping the text. */
    Content withoutText() {
        return new Content(null, digest, failure);
    }

    @Override
    public String toString() {
        return failure == null ? "****" : failure;
    }

    private static @Nullable String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        // The constructor replaces what it cannot decode; the strict decoder is slower and needs twice the memory.
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                return null;
            }
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
