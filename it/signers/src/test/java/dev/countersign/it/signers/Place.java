package dev.countersign.it.signers;

/** How the application is deployed. */
enum Place {
    /** The world knows it by the name that it calls it by. Requests in the way of AWS are for a service like most. */
    DIRECT("orders"),
    /**
     * The world knows it by the URL {@link Settings#BASE_URL}. Requests in the way of AWS are for S3, with its rules for
     * paths, and presigned ones may leave the content unsigned.
     */
    PROXIED("s3"),
    /** Who is refused is told so as S3 does, in XML. */
    ERRORS_OF_S3("s3"),
    /** Who is refused is told so as most services of AWS do, in JSON. */
    ERRORS_OF_KMS("kms");

    private final String service;

    Place(String service) {
        this.service = service;
    }

    /** Whether AWS clients are told of refusals in their own way. */
    boolean hasAwsErrors() {
        return this == ERRORS_OF_S3 || this == ERRORS_OF_KMS;
    }

    /** What requests in the way of AWS are signed for. */
    String service() {
        return service;
    }
}
