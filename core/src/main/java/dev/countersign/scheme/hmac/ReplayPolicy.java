package dev.countersign.scheme.hmac;

/** Whether a signature that was good is good again: the values of {@code replay}. */
enum ReplayPolicy {
    /** Each is good once. */
    REFUSE,
    /** As often as it comes, until it has expired. */
    OFF,
    /** Each is good once where the method changes something. */
    UNSAFE_METHODS;

    /** Whether a signed request of this method may come once only. */
    boolean isOnce(String method) {
        return switch (this) {
            case REFUSE -> true;
            case OFF -> false;
            // RFC 9110 section 9.2.1; a method that nobody knows may change anything.
            case UNSAFE_METHODS ->
                switch (method) {
                    case "GET", "HEAD", "OPTIONS", "TRACE" -> false;
                    default -> true;
                };
        };
    }
}
