package dev.countersign.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.Body;
import dev.countersign.key.Secret;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples of the Amazon S3 API Reference, "Signature Calculations for the Authorization Header: Transferring Payload in
 * Multiple Chunks (Chunked Upload)" and the page "Including Trailing Headers": 66560 times the letter a, in chunks of 64 KiB,
 * with the signatures that are printed there.
 */
class SigV4ChunksTest {
    private static final String TIMESTAMP = "20130524T000000Z";
    private static final SigV4Key KEY = SigV4Key.derive(
            Secret.parse("text:wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
            new SigV4Scope("20130524", "us-east-1", "s3"));

    private static final String SEED = "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9";
    private static final String FIRST = "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648";
    private static final String SECOND = "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497";
    private static final String LAST = "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9";

    private static final String TRAILER_SEED = "106e2a8a18243abcf37539882f36619c00e2dfc72633413f02d3b74544bfeb8e";
    private static final String TRAILER_FIRST = "b474d8862b1487a5145d686f57f013e54db672cee1c953b3010fb58501ef5aa2";
    private static final String TRAILER_SECOND = "1c1344b170168f8e65b41376b44b20fe354e373826ccbbe2c1d40a8cae51e5c7";
    private static final String TRAILER_LAST = "2ca2aba2005185cf7159c6277faf83795951dd77a3a99e6e65d5c9f85863f992";
    private static final String TRAILER_SIGNATURE = "d81f82fc3505edab99d459891051a732e8730629a2e4a59689829ca17fe2e435";
    private static final String TRAILER = "x-amz-checksum-crc32c:sOO8/Q==";

    private static final int LENGTH = 66560;
    private static final Set<String> TRAILERS = Set.of("x-amz-checksum-crc32c");

    @Test
    void takes_the_published_example() {
        byte[] body = body(FIRST, SECOND, LAST, "\r\n");
        assertThat(body).hasSize(66824);
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH), body))
                .isEmpty();
    }

    @Test
    void takes_the_published_example_with_a_trailer() {
        byte[] published = body(
                TRAILER_FIRST,
                TRAILER_SECOND,
                TRAILER_LAST,
                TRAILER + "\n\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n");
        assertThat(problem(trailing(), published)).isEmpty();
    }

    @Test
    void takes_a_trailer_as_SDKs_write_it() {
        byte[] body = body(
                TRAILER_FIRST,
                TRAILER_SECOND,
                TRAILER_LAST,
                TRAILER + "\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n");
        assertThat(problem(trailing(), body)).isEmpty();
    }

    @Test
    void takes_content_in_pieces_of_any_length() {
        byte[] body = body(FIRST, SECOND, LAST, "\r\n");
        for (int piece : new int[] {1, 7, 4096, 65537}) {
            SigV4Chunks chunks = SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH);
            for (int i = 0; i < body.length; i += piece) {
                chunks.accept(body, i, Math.min(piece, body.length - i));
            }
            assertThat(chunks.problem()).isEmpty();
        }
    }

    @Test
    void SIG_02_refuses_another_signature_of_a_chunk_or_the_trailer() {
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH), body(SECOND, SECOND, LAST, "\r\n")))
                .contains("chunk_signature");
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH), body(FIRST, FIRST, LAST, "\r\n")))
                .contains("chunk_signature");
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH), body(FIRST, SECOND, SECOND, "\r\n")))
                .contains("chunk_signature");
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, FIRST, LENGTH), body(FIRST, SECOND, LAST, "\r\n")))
                .contains("chunk_signature");
        assertThat(problem(
                        trailing(),
                        body(
                                TRAILER_FIRST,
                                TRAILER_SECOND,
                                TRAILER_LAST,
                                TRAILER + "\r\nx-amz-trailer-signature:" + TRAILER_LAST + "\r\n\r\n")))
                .contains("trailer_signature");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\n\r\n",
                "x-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n",
                "x-amz-checksum-crc32c:sOO8/R==\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-checksum-crc32:sOO8/Q==\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\nx-a:b\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:"
                        + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE
                        + "\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n",
                "x-amz-checksum-crc32c:sOO8/Q==\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n\r\n",
                "x-amz-checksum-crc32c\r\nx-amz-trailer-signature:" + TRAILER_SIGNATURE + "\r\n\r\n"
            })
    void SIG_02_refuses_trailers_that_were_not_announced_and_signed(String trailers) {
        assertThat(problem(trailing(), body(TRAILER_FIRST, TRAILER_SECOND, TRAILER_LAST, trailers)))
                .isPresent();
    }

    @Test
    void SIG_01_refuses_every_changed_byte_of_signed_content() {
        byte[] body = signed("Hello, ", "world", "!");
        SigV4Chunks good = SigV4Chunks.signed(KEY, TIMESTAMP, SEED, 13, Set.of("x-sum"));
        assertThat(problem(good, body)).isEmpty();
        for (int i = 0; i < body.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = body.clone();
                changed[i] ^= (byte) (1 << bit);
                SigV4Chunks chunks = SigV4Chunks.signed(KEY, TIMESTAMP, SEED, 13, Set.of("x-sum"));
                boolean sameName = i >= body.length - 4 - 64 - 24 - 2 - 8 && bit == 5 && isLetterOfName(body, i);
                assertThat(problem(chunks, changed).isEmpty())
                        .as("byte %s of %s, bit %s", i, body.length, bit)
                        .isEqualTo(sameName);
            }
        }
    }

    /** The case of the letters in the name of a trailer is nobody's business. */
    private static boolean isLetterOfName(byte[] body, int index) {
        int line = index;
        while (body[line - 1] != '\n') {
            line--;
        }
        int colon = line;
        while (colon < body.length && body[colon] != ':') {
            colon++;
        }
        return index < colon && Character.isLetter(body[index]);
    }

    @Test
    void SIG_01_refuses_content_that_ends_early_or_goes_on() {
        byte[] body = signed("Hello, ", "world", "!");
        for (int length = 0; length < body.length; length++) {
            SigV4Chunks chunks = SigV4Chunks.signed(KEY, TIMESTAMP, SEED, 13, Set.of("x-sum"));
            assertThat(problem(chunks, Arrays.copyOf(body, length))).isPresent();
        }
        SigV4Chunks chunks = SigV4Chunks.signed(KEY, TIMESTAMP, SEED, 13, Set.of("x-sum"));
        assertThat(problem(chunks, Arrays.copyOf(body, body.length + 1))).contains("chunk_framing");
    }

    @Test
    void refuses_another_length_than_was_announced() {
        byte[] body = body(FIRST, SECOND, LAST, "\r\n");
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH - 1), body))
                .contains("chunk_length");
        assertThat(problem(SigV4Chunks.signed(KEY, TIMESTAMP, SEED, LENGTH + 1), body))
                .contains("chunk_length");
    }

    @Test
    void reads_chunks_without_signatures_where_trailers_alone_were_announced() {
        String body = "5\r\nHello\r\n2\r\n, \r\n0\r\nx-amz-checksum-crc32c:sOO8/Q==\r\n\r\n";
        assertThat(problem(SigV4Chunks.unsigned(7, TRAILERS), body)).isEmpty();
        assertThat(problem(SigV4Chunks.unsigned(8, TRAILERS), body)).contains("chunk_length");
        assertThat(problem(SigV4Chunks.unsigned(6, TRAILERS), body)).contains("chunk_length");
        assertThat(problem(SigV4Chunks.unsigned(7, Set.of()), body)).contains("chunk_trailer");
        assertThat(problem(SigV4Chunks.unsigned(7, Set.of("x-amz-checksum-crc32c", "x-b")), body))
                .contains("chunk_trailer");
        assertThat(problem(SigV4Chunks.unsigned(0, Set.of()), "0\r\n\r\n")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n",
                "g\r\n",
                "-1\r\n",
                "+1\r\na\r\n0\r\n\r\n",
                " 1\r\na\r\n0\r\n\r\n",
                "1 \r\na\r\n0\r\n\r\n",
                "0x1\r\na\r\n0\r\n\r\n",
                "1\na\r\n0\r\n\r\n",
                "1\r\na\n0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n",
                "1;chunk-signature=00\r\na\r\n0\r\n\r\n",
                "000000001\r\na\r\n0\r\n\r\n",
                "ffffffff\r\na\r\n0\r\n\r\n",
                "1\r\na\r\n",
                "1\r\na\r\n0\r\n",
                "1\r\na\r\n0\r\n\r\n\r\n"
            })
    void SIG_02_refuses_framing_that_is_not_exactly_right(String body) {
        assertThat(problem(SigV4Chunks.unsigned(1, Set.of()), body)).isPresent();
    }

    @Test
    void SIG_19_keeps_no_more_than_a_line() {
        SigV4Chunks chunks = SigV4Chunks.unsigned(1, Set.of());
        assertThat(problem(chunks, "1".repeat(SigV4Chunks.MAX_LINE + 1))).contains("chunk_framing");
        String trailers = "x-a:" + "b".repeat(SigV4Chunks.MAX_LINE) + "\r\n\r\n";
        assertThat(problem(SigV4Chunks.unsigned(0, Set.of("x-a")), "0\r\n" + trailers))
                .isPresent();
        assertThat(chunks).hasToString("SigV4Chunks[****]");
    }

    private static SigV4Chunks trailing() {
        return SigV4Chunks.signed(KEY, TIMESTAMP, TRAILER_SEED, LENGTH, TRAILERS);
    }

    private static Optional<String> problem(SigV4Chunks chunks, String body) {
        return problem(chunks, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Optional<String> problem(SigV4Chunks chunks, byte[] body) {
        assertThat(Body.of(body).read(chunks)).isEqualTo(Body.Outcome.COMPLETE);
        return chunks.problem();
    }

    /** The content of the examples. */
    private static byte[] body(String first, String second, String last, String end) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        byte[] letters = new byte[65536];
        Arrays.fill(letters, (byte) 'a');
        add(body, "10000;chunk-signature=" + first + "\r\n");
        body.write(letters, 0, 65536);
        add(body, "\r\n400;chunk-signature=" + second + "\r\n");
        body.write(letters, 0, 1024);
        add(body, "\r\n0;chunk-signature=" + last + "\r\n" + end);
        return body.toByteArray();
    }

    /** These chunks, and a trailer, signed by our own key. */
    private static byte[] signed(String... chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        String previous = SEED;
        for (String chunk : chunks) {
            previous = KEY.chunk(TIMESTAMP, previous, Digests.sha256(chunk));
            add(body, Integer.toHexString(chunk.length()) + ";chunk-signature=" + previous + "\r\n" + chunk + "\r\n");
        }
        previous = KEY.chunk(TIMESTAMP, previous, Digests.sha256(""));
        add(body, "0;chunk-signature=" + previous + "\r\nx-sum:12\r\n");
        String signature = KEY.trailer(TIMESTAMP, previous, Digests.sha256("x-sum:12\n"));
        add(body, "x-amz-trailer-signature:" + signature + "\r\n\r\n");
        return body.toByteArray();
    }

    private static void add(ByteArrayOutputStream body, String text) {
        body.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
