package dev.countersign.signature;

/**
 * What a signing key of Signature Version 4 is good for.
 *
 * @param date the day, in UTC, such as {@code 20130524}
 * @param region such as {@code us-east-1}
 * @param service such as {@code s3}
 */
public record SigV4Scope(String date, String region, String service) {
    /** What a scope ends with. */
    public static final String TERMINATOR = "aws4_request";

    /** The scope as it is signed: the three parts and {@code aws4_request}, with slashes between them. */
    public String text() {
        return date + "/" + region + "/" + service + "/" + TERMINATOR;
    }
}
