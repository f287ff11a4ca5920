package dev.countersign.signature;

import dev.countersign.Body;
import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import dev.countersign.http.FieldValue;
import dev.countersign.key.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks content in the {@code aws-chunked} coding while it is read: the length that was announced, and the chain of
 * signatures that begins with the one of the request and has a link for each chunk and for the trailers. Nothing is decoded
 * and nothing kept but one line. For one thread, and one content.
 *
 * <pre>{@code
 * SigV4Chunks chunks = SigV4Chunks.signed(key, timestamp, signature, 66560);
 * boolean good = exchange.body().read(chunks) == Body.Outcome.COMPLETE && chunks.problem().isEmpty();
 * }</pre>
 */
public final class SigV4Chunks implements Body.Sink {
    /** How many characters a line of framing may have, and all trailers together. */
    public static final int MAX_LINE = 8 * 1024;

    private static final String EXTENSION = "chunk-signature=";
    private static final String TRAILER_SIGNATURE = "x-amz-trailer-signature";
    private static final int SIGNATURE_LENGTH = 64;
    private static final int MAX_SIZE_DIGITS = 8;

    private enum Place {
        CHUNK_LINE,
        DATA,
        DATA_END,
        CONTENT_END,
        TRAILERS,
        DONE
    }

    private final @Nullable SigV4Key key;
    private final String timestamp;
    private final long length;
    private final @Nullable Set<String> trailers;
    private final TreeMap<String, String> seen = new TreeMap<>();
    private final StringBuilder line = new StringBuilder(128);
    private final MessageDigest digest = Sha256.start();

    private Place place = Place.CHUNK_LINE;
    private @Nullable String problem;
    private String previous;
    private String chunkSignature = "";
    private @Nullable String trailerSignature;
    private long decoded;
    private long left;
    private int trailerCharacters;
    private boolean bareLineFeed;

    private SigV4Chunks(
            @Nullable SigV4Key key, String timestamp, String seed, long length, @Nullable Set<String> trailers) {
        this.key = key;
        this.timestamp = timestamp;
        this.previous = seed;
        this.length = length;
        this.trailers = trailers == null ? null : Set.copyOf(trailers);
    }

    /**
     * Content of {@code STREAMING-AWS4-HMAC-SHA256-PAYLOAD}.
     *
     * @param seed the signature of the request, which was verified
     * @param length how many bytes the chunks have together ({@code x-amz-decoded-content-length})
     */
    public static SigV4Chunks signed(SigV4Key key, String timestamp, String seed, long length) {
        return new SigV4Chunks(key, timestamp, seed, length, null);
    }

    /**
     * Content of {@code STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER}.
     *
     * @param trailers the lower-case names of the trailers that were announced: each must come, once, and no other
     */
    public static SigV4Chunks signed(SigV4Key key, String timestamp, String seed, long length, Set<String> trailers) {
        return new SigV4Chunks(key, timestamp, seed, length, trailers);
    }

    /** Content of {@code STREAMING-UNSIGNED-PAYLOAD-TRAILER}, of which the framing and the length are all there is to check. */
    public static SigV4Chunks unsigned(long length, Set<String> trailers) {
        return new SigV4Chunks(null, "", "", length, trailers);
    }

    /** What is wrong, as a fixed word for a log; empty if the whole content came and all of it is right. */
    public Optional<String> problem() {
        if (problem != null) {
            return Optional.of(problem);
        }
        return place == Place.DONE ? Optional.empty() : Optional.of("chunks_incomplete");
    }

    @Override
    public void accept(byte[] bytes, int offset, int count) {
        int i = offset;
        int end = offset + count;
        while (i < end && problem == null) {
            if (place == Place.DATA) {
                int taken = (int) Math.min(left, end - i);
                if (key != null) {
                    digest.update(bytes, i, taken);
                }
                left -= taken;
                i += taken;
                if (left == 0) {
                    place = Place.DATA_END;
                }
            } else if (place == Place.DONE) {
                fail("chunk_framing");
            } else {
                framing(bytes[i++]);
            }
        }
    }

    private void framing(byte octet) {
        if (octet != '\n') {
            if (line.length() == MAX_LINE) {
                fail("chunk_framing");
            } else {
                line.append((char) (octet & 0xFF));
            }
            return;
        }
        boolean carriageReturn = line.length() > 0 && line.charAt(line.length() - 1) == '\r';
        String text = carriageReturn ? line.substring(0, line.length() - 1) : line.toString();
        line.setLength(0);
        if (!carriageReturn && place != Place.TRAILERS) {
            fail("chunk_framing");
            return;
        }
        switch (place) {
            case CHUNK_LINE -> chunkLine(text);
            case DATA_END -> {
                if (!text.isEmpty()) {
                    fail("chunk_framing");
                } else {
                    place = Place.CHUNK_LINE;
                    checkChunk();
                }
            }
            case CONTENT_END -> {
                if (!text.isEmpty()) {
                    fail("chunk_framing");
                } else {
                    finish();
                }
            }
            default -> trailerLine(text, carriageReturn);
        }
    }

    private void chunkLine(String text) {
        String size = text;
        if (key != null) {
            int semicolon = text.indexOf(';');
            if (semicolon < 0
                    || !text.startsWith(EXTENSION, semicolon + 1)
                    || !isSignature(text, semicolon + 1 + EXTENSION.length())) {
                fail("chunk_framing");
                return;
            }
            size = text.substring(0, semicolon);
            chunkSignature = text.substring(semicolon + 1 + EXTENSION.length());
        }
        long bytes = size(size);
        if (bytes < 0) {
            fail("chunk_framing");
        } else if (bytes > length - decoded) {
            fail("chunk_length");
        } else if (bytes > 0) {
            decoded += bytes;
            left = bytes;
            place = Place.DATA;
        } else {
            place = trailers == null ? Place.CONTENT_END : Place.TRAILERS;
            checkChunk();
        }
    }

    private void checkChunk() {
        if (key == null) {
            return;
        }
        String expected = key.chunk(timestamp, previous, HexFormat.of().formatHex(digest.digest()));
        if (!ConstantTime.equals(expected, chunkSignature)) {
            fail("chunk_signature");
        }
        previous = expected;
    }

    private void trailerLine(String text, boolean carriageReturn) {
        trailerCharacters += text.length();
        if (trailerCharacters > MAX_LINE || (trailerSignature != null && !text.isEmpty())) {
            fail("chunk_trailer");
        } else if (text.isEmpty()) {
            // AWS's own description ends trailers with a bare line feed, and puts an empty line before their signature.
            if (bareLineFeed) {
                bareLineFeed = false;
            } else {
                checkTrailers();
            }
        } else {
            bareLineFeed = !carriageReturn;
            trailer(text);
        }
    }

    private void trailer(String text) {
        int colon = text.indexOf(':');
        String name = colon < 0 ? "" : Ascii.lowerCase(text.substring(0, colon));
        if (!FieldValue.isToken(name)) {
            fail("chunk_trailer");
        } else if (name.equals(TRAILER_SIGNATURE) && key != null) {
            trailerSignature = FieldValue.trim(text.substring(colon + 1));
        } else {
            String raw = text.substring(colon + 1);
            StringBuilder value = new StringBuilder();
            if (FieldValue.hasControl(raw)
                    || !SigV4CanonicalRequest.appendValue(value, raw)
                    || trailers == null
                    || !trailers.contains(name)
                    || seen.putIfAbsent(name, value.toString()) != null) {
                fail("chunk_trailer");
            }
        }
    }

    private void checkTrailers() {
        if (trailers == null || seen.size() != trailers.size()) {
            fail("chunk_trailer");
            return;
        }
        if (key != null) {
            for (Map.Entry<String, String> trailer : seen.entrySet()) {
                String canonical = trailer.getKey() + ":" + trailer.getValue() + "\n";
                digest.update(canonical.getBytes(StandardCharsets.ISO_8859_1));
            }
            String expected = key.trailer(timestamp, previous, HexFormat.of().formatHex(digest.digest()));
            String sent = trailerSignature;
            if (sent == null || !ConstantTime.equals(expected, sent)) {
                fail("trailer_signature");
                return;
            }
        }
        finish();
    }

    private void finish() {
        if (decoded != length) {
            fail("chunk_length");
        } else {
            place = Place.DONE;
        }
    }

    private void fail(String why) {
        if (problem == null) {
            problem = why;
        }
    }

    /** The number of these hexadecimal digits, or -1 if it is none, or has more than eight. */
    private static long size(String text) {
        if (text.isEmpty() || text.length() > MAX_SIZE_DIGITS) {
            return -1;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return -1;
            }
        }
        return HexFormat.fromHexDigitsToLong(text);
    }

    private static boolean isSignature(String text, int start) {
        if (text.length() != start + SIGNATURE_LENGTH) {
            return false;
        }
        for (int i = start; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Only the type's name. */
    @Override
    public String toString() {
        return "SigV4Chunks[****]";
    }
}
