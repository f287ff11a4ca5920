package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.ConstantTime;
import java.util.Base64;
import java.util.HexFormat;

/** How a signature is written in a field. */
public enum WebhookEncoding {
    /** Hexadecimal digits; written small, read in either case. */
    HEX,
    /** Base64 with padding (RFC 4648 section 4). */
    BASE64;

    /** The text of these bytes. */
    public String encode(byte[] signature) {
        return this == HEX
                ? HexFormat.of().formatHex(signature)
                : Base64.getEncoder().encodeToString(signature);
    }

    /**
     * Whether {@code presented} is the text of {@code signature}, in a time that does not tell where they differ. What was
     * sent is never decoded, so that a signature has one spelling.
     */
    public boolean matches(String presented, byte[] signature) {
        return ConstantTime.equals(this == HEX ? Ascii.lowerCase(presented) : presented, encode(signature));
    }
}
