package dev.countersign;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way to authenticate, configured: it claims credentials by their shape, verifies them, and says how a client is
 * asked for one. It returns and the {@link Gate} acts: a scheme never logs, audits or answers. Safe for use by many
 * threads.
 */
public interface AuthenticationScheme {
    /** The configured name, as expressions use it. */
    String name();

    /** The type, such as {@code api-key}. */
    String type();

    /** Looks for a credential of this scheme, judging by shape alone: no I/O, nothing verified, total and cheap. */
    Claim claim(Exchange exchange);

    /**
     * Judges a credential that {@link #claim} returned.
     *
     * @throws StoreUnavailableException if it cannot be judged now
     */
    Verification verify(Credential credential, Exchange exchange);

    /** How a client is asked for a credential of this scheme. */
    ChallengeTemplate challengeTemplate();

    /**
     * How a failure of this credential is told: the same, unless the scheme has several carriers with challenges of their
     * own (an API key that came as {@code Bearer}).
     */
    default ChallengeTemplate challengeTemplate(Credential failed) {
        return challengeTemplate();
    }

    /**
     * How long an event that was handled is known again, if credentials of this scheme tell of events ({@link
     * Verification.Verified#events}): then every good one must tell of at least one.
     *
     * @return zero if they tell of none
     */
    default Duration remembersEvents() {
        return Duration.ZERO;
    }

    /**
     * Further fields of a 401 that asks for this scheme, beside its challenge: {@code Accept-Signature} (RFC 9421 section
     * 5.1), say. Asked anew for each answer, so that a field may carry something fresh.
     *
     * @return in order; empty for none
     */
    default List<Decision.Field> answerFields(Exchange exchange) {
        return List.of();
    }

    /**
     * An answer in the scheme's own protocol, for clients that read no other. The Gate sends it instead of its own one
     * where this scheme's credential was malformed or failed, and where nothing was sent and it is the only scheme of the
     * rule; what is audited is the same.
     *
     * @param reason what the client would be told
     * @param detail for the log alone; it may choose among answers, and must not be told
     * @return with a status of at least 400, else the Gate answers 500; empty for the Gate's own answer
     */
    default Optional<Decision.Answer> ownAnswer(RejectionReason reason, String detail, Exchange exchange) {
        return Optional.empty();
    }

    /** The request fields, in lower case, that carry this scheme's credentials: what "a carrier is present" means. */
    Set<String> carriers();

    /**
     * The query parameters, in lower case, that carry this scheme's credentials, such as those of a presigned URL; empty
     * for most.
     */
    default Set<String> queryCarriers() {
        return Set.of();
    }

    /** Whether clients send the credential without being told to (a cookie, a TLS certificate). */
    default boolean ambient() {
        return false;
    }

    /**
     * Whether {@link #verify} may read {@link Exchange#body()}. An adapter keeps content for schemes that say so, and gives
     * others one that nobody can read.
     */
    default boolean readsBody() {
        return false;
    }

    /** Whether identities of this scheme can carry scopes. */
    boolean carriesScopes();

    /** The key prefixes by which a value of this scheme is recognised wherever it stands; empty if it has none. */
    default Set<String> prefixes() {
        return Set.of();
    }

    /**
     * What this scheme, and no other of one deployment, may claim, in words that go into a message, such as {@code
     * Authorization: Basic}; prefixes need not be repeated here. Two schemes that share a shape stop the deployment.
     */
    default Set<String> shapes() {
        return Set.of();
    }
}
