package dev.countersign.scheme.hmac;

import dev.countersign.Decision;
import dev.countersign.RejectionReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refusals in the form of AWS, which its SDKs turn into exceptions with a code and, for {@code RequestTimeTooSkewed}, into
 * another attempt with the server's clock: XML as S3 has it, else JSON. The status is 403 throughout, and nothing more is
 * told than in a challenge.
 */
final class SigV4Answers {
    private static final int FORBIDDEN = 403;

    /** What {@link SigV4CredentialParser} says of a signature of another form. */
    private static final Set<String> UNREADABLE = Set.of(
            "algorithm",
            "credential",
            "date",
            "expires",
            "parameters",
            "query",
            "signature",
            "signed_headers",
            "too_long");

    /** A code of AWS, and what is told with it. */
    private enum Code {
        MISSING("MissingAuthenticationToken", "The request is not signed."),
        INCOMPLETE("IncompleteSignature", "The signature cannot be read, or does not cover enough of the request."),
        WRONG("SignatureDoesNotMatch", "The signature is not the one of this request."),
        SKEWED("RequestTimeTooSkewed", "The time of the request is too far from the server's."),
        EXPIRED("ExpiredToken", "The request has expired.");

        private final String code;
        private final String message;

        Code(String code, String message) {
            this.code = code;
            this.message = message;
        }
    }

    private SigV4Answers() {}

    /** The answer for a reason; empty for one that has nothing to do with the signature. */
    static Optional<Decision.Answer> of(String service, RejectionReason reason, String detail, String requestId) {
        return code(reason, detail).map(code -> service.equals("s3") ? xml(code, requestId) : json(code, requestId));
    }

    private static Optional<Code> code(RejectionReason reason, String detail) {
        return switch (reason) {
            case CREDENTIALS_REQUIRED -> Optional.of(Code.MISSING);
            case SIGNATURE_COVERAGE -> Optional.of(Code.INCOMPLETE);
            case SIGNATURE_INVALID, SIGNATURE_REPLAYED ->
                Optional.of(UNREADABLE.contains(detail) ? Code.INCOMPLETE : Code.WRONG);
            case SIGNATURE_EXPIRED ->
                Optional.of(detail.equals(SigV4Verifier.PRESIGNED_EXPIRED) ? Code.EXPIRED : Code.SKEWED);
            default -> Optional.empty();
        };
    }

    private static Decision.Answer xml(Code code, String requestId) {
        return answer(
                List.of(new Decision.Field("x-amz-request-id", requestId)),
                "application/xml",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + code.code + "</Code><Message>"
                        + code.message + "</Message><RequestId>" + requestId + "</RequestId></Error>");
    }

    private static Decision.Answer json(Code code, String requestId) {
        return answer(
                List.of(
                        new Decision.Field("x-amzn-ErrorType", code.code),
                        new Decision.Field("x-amzn-RequestId", requestId)),
                "application/json",
                "{\"__type\":\"" + code.code + "\",\"message\":\"" + code.message + "\"}");
    }

    private static Decision.Answer answer(List<Decision.Field> fields, String contentType, String body) {
        return new Decision.Answer(FORBIDDEN, List.of(), Optional.empty(), fields, contentType, body);
    }
}
