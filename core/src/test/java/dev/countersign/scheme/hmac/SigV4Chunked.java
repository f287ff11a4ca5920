package dev.countersign.scheme.hmac;

import dev.countersign.TestExchange;
import dev.countersign.key.Secret;
import dev.countersign.signature.Digests;
import dev.countersign.signature.SigV4CanonicalRequest;
import dev.countersign.signature.SigV4Key;
import dev.countersign.signature.SigV4Scope;
import dev.countersign.signature.SigV4Signer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Clients whose requests {@link SigV4Signer} does not sign: with content in chunks, and with {@code Date} alone. */
final class SigV4Chunked {
    private static final String TIMESTAMP = "20260106T032420Z";
    private static final SigV4Key KEY = SigV4Key.derive(
            Secret.parse("text:" + SigV4Fixture.SECRET),
            new SigV4Scope("20260106", SigV4Fixture.REGION, SigV4Fixture.SERVICE));

    private SigV4Chunked() {}

    /** The request with these chunks, and a trailer or none. */
    static TestExchange signed(SigV4Signer signer, TestExchange request, boolean trailer, String... chunks) {
        int length = String.join("", chunks).length();
        TestExchange announced = request.header("X-Amz-Decoded-Content-Length", Integer.toString(length));
        if (trailer) {
            announced = announced.header("X-Amz-Trailer", "x-amz-checksum-crc32");
        }
        TestExchange signed = SigV4Fixture.signed(
                signer, announced, new byte[0], "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" + (trailer ? "-TRAILER" : ""));
        String authorization = signed.headers("Authorization").get(0);
        return signed.content(body(authorization.substring(authorization.length() - 64), trailer, chunks));
    }

    /** The bytes of the content. */
    static byte[] content(TestExchange request) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        request.body().read(content::write);
        return content.toByteArray();
    }

    /** A request with no content, signed by its {@code Date}. */
    static TestExchange dated(TestExchange request) {
        List<String> signed = List.of("date", "host");
        String canonical = SigV4CanonicalRequest.of(
                        request.method(), request.rawPath(), "", signed, name -> request.headers(name))
                .orElseThrow()
                .sha256(Digests.sha256(""));
        return request.header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=" + SigV4Fixture.KEY_ID + "/20260106/us-east-1/orders/aws4_request,"
                        + "SignedHeaders=date;host,Signature=" + KEY.request(TIMESTAMP, canonical));
    }

    private static byte[] body(String seed, boolean trailer, String... chunks) {
        StringBuilder body = new StringBuilder();
        String previous = seed;
        for (String chunk : chunks) {
            previous = KEY.chunk(TIMESTAMP, previous, Digests.sha256(chunk));
            body.append(Integer.toHexString(chunk.length()))
                    .append(";chunk-signature=")
                    .append(previous);
            body.append("\r\n").append(chunk).append("\r\n");
        }
        previous = KEY.chunk(TIMESTAMP, previous, Digests.sha256(""));
        body.append("0;chunk-signature=").append(previous).append("\r\n");
        if (trailer) {
            String signature = KEY.trailer(TIMESTAMP, previous, Digests.sha256("x-amz-checksum-crc32:AAAAAA==\n"));
            body.append("x-amz-checksum-crc32:AAAAAA==\r\nx-amz-trailer-signature:")
                    .append(signature)
                    .append("\r\n");
        }
        return body.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
