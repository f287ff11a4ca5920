package dev.countersign.jose;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Public keys in PEM (RFC 7468): {@code PUBLIC KEY} and {@code CERTIFICATE} blocks, any number of them, text between. */
public final class PemReader {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";
    private static final String[] KEY_TYPES = {"RSA", "EC", "EdDSA", "RSASSA-PSS"};

    private PemReader() {}

    /** Whether a value of a setting is meant as PEM. */
    static boolean isPem(String value) {
        return value.contains(BEGIN);
    }

    /**
     * Every public key of the text.
     *
     * @return at least one
     * @throws IllegalArgumentException if a block is not a public key or a certificate
     */
    static List<PublicKey> read(String text) {
        List<PublicKey> keys = new ArrayList<>();
        int at = text.indexOf(BEGIN);
        while (at >= 0) {
            int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
            if (labelEnd < 0) {
                throw new IllegalArgumentException("a PEM block without an end");
            }
            String label = text.substring(at + BEGIN.length(), labelEnd);
            int end = text.indexOf(END + label + DASHES, labelEnd);
            if (end < 0) {
                throw new IllegalArgumentException("a PEM block without an end");
            }
            keys.add(key(label, text.substring(labelEnd + DASHES.length(), end)));
            at = text.indexOf(BEGIN, end);
        }
        return keys;
    }

    private static PublicKey key(String label, String base64) {
        if (label.endsWith("PRIVATE KEY")) {
            throw new IllegalArgumentException(KeySet.PRIVATE_KEY);
        }
        if (!label.equals("PUBLIC KEY") && !label.equals("CERTIFICATE")) {
            throw new IllegalArgumentException("a PEM block of another kind (expected: PUBLIC KEY or CERTIFICATE)");
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(withoutWhiteSpace(base64));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a PEM block that is not base64", e);
        }
        if (label.equals("CERTIFICATE")) {
            return certified(der);
        }
        return publicKey(der)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "a PEM block that holds no RSA, EC, Ed25519 or Ed448 public key (expected: SubjectPublicKeyInfo)"));
    }

    /** Whether the bytes of a secret are a public key in a form in which keys are published. */
    public static boolean isPublicKey(byte[] secret) {
        String text = new String(secret, StandardCharsets.ISO_8859_1).trim();
        return text.startsWith(DASHES)
                || text.startsWith("{")
                || text.startsWith("ssh-")
                || publicKey(secret).isPresent();
    }

    private static PublicKey certified(byte[] der) {
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(der))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a PEM block that is not a certificate", e);
        }
    }

    private static Optional<PublicKey> publicKey(byte[] der) {
        for (String type : KEY_TYPES) {
            try {
                return Optional.of(KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(der)));
            } catch (InvalidKeySpecException e) {
                // Of another type: the next factory is asked.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JDK lacks " + type, e);
            }
        }
        return Optional.empty();
    }

    private static String withoutWhiteSpace(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                kept.append(c);
            }
        }
        return kept.toString();
    }
}
