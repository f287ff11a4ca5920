package dev.countersign.gate;

import dev.countersign.Decision;
import dev.countersign.Gate;
import dev.countersign.StoreUnavailableException;
import dev.countersign.state.State;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one request tells of events, and its claim to be the one that handles them (SPEC R31, R31b).
 *
 * <p>Each name of an event has an entry in the state: the mark of the request that is handling it, which expires after a
 * minute, then the note that it was handled. A mark carries a random token, so that a request whose mark has expired
 * cannot change what another one has made of it. What is given back is not removed, because a removal cannot compare: it
 * is overwritten by an entry that stands for none and is gone in a moment.
 */
final class EventClaim implements Decision.Completion {
    /** How a claim ended. */
    enum Standing {
        /** This request handles it. */
        OURS,
        /** Another request is handling it. */
        RUNNING,
        /** It was handled. */
        DONE
    }

    /**
     * One name of an event.
     *
     * @param key in the state
     * @param remembered how long it is known as handled
     */
    record Name(String key, Duration remembered) {
        /** @param scheme the name of the scheme, which is a name space of its own */
        static Name of(String scheme, String event, Duration remembered) {
            MessageDigest digest = sha256();
            add(digest, scheme);
            add(digest, event);
            return new Name(Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()), remembered);
        }

        /** With its length, so that no two parts look like another two. */
        private static void add(MessageDigest digest, String part) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }

        private static MessageDigest sha256() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }

    static final Duration RUNNING_FOR = Duration.ofSeconds(60);

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final String USE = "webhooks";
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final byte[] HANDLED = {'d'};
    private static final byte[] GIVEN_BACK = {};

    /** An entry can expire, or be given back, between two looks at it; whoever is that unlucky three times comes again. */
    private static final int LOOKS = 3;

    private final State state;
    private final List<Name> names;
    private final String requestId;
    private final byte[] mark = ("r" + UUID.randomUUID()).getBytes(StandardCharsets.US_ASCII);
    private final AtomicBoolean completed = new AtomicBoolean();
    private volatile boolean ours;

    /**
     * @param names at least one; each is claimed, in this order
     * @param requestId for the log
     */
    EventClaim(State state, List<Name> names, String requestId) {
        this.state = state;
        this.names = names.stream().distinct().toList();
        this.requestId = requestId;
    }

    /**
     * Claims the event by all of its names, or by none. Once it is claimed, claiming it again changes nothing.
     *
     * @throws StoreUnavailableException if the state is full or out of reach; nothing is claimed then, but for what may
     *     have been written without an answer, which expires
     */
    Standing claim() {
        if (ours) {
            return Standing.OURS;
        }
        int claimed = 0;
        try {
            while (claimed < names.size()) {
                Standing standing = claim(names.get(claimed).key());
                if (standing != Standing.OURS) {
                    giveBack(claimed);
                    return standing;
                }
                claimed++;
            }
        } catch (RuntimeException e) {
            giveBack(claimed);
            throw e;
        }
        ours = true;
        return Standing.OURS;
    }

    private Standing claim(String key) {
        for (int look = 0; look < LOOKS; look++) {
            if (state.putIfAbsent(USE, key, mark, RUNNING_FOR)) {
                return Standing.OURS;
            }
            byte[] present = state.get(USE, key).orElse(null);
            if (Arrays.equals(present, HANDLED)) {
                return Standing.DONE;
            }
            if (present != null && present.length > 0) {
                return Standing.RUNNING;
            }
            if (present != null && state.compareAndSet(USE, key, GIVEN_BACK, mark, RUNNING_FOR)) {
                return Standing.OURS;
            }
        }
        return Standing.RUNNING;
    }

    @Override
    public void completed(int status) {
        if (!ours || completed.getAndSet(true)) {
            return;
        }
        if (status < 200 || status > 299) {
            giveBack(names.size());
            return;
        }
        for (Name name : names) {
            try {
                // If the mark has expired and nobody else has come since, what is done is done all the same.
                if (!state.compareAndSet(USE, name.key(), mark, HANDLED, name.remembered())) {
                    state.putIfAbsent(USE, name.key(), HANDLED, name.remembered());
                }
            } catch (RuntimeException e) {
                tell("was handled, which cannot be noted", e);
            }
        }
    }

    /** Gives the first so many names back. */
    private void giveBack(int claimed) {
        for (Name name : names.subList(0, claimed)) {
            try {
                state.compareAndSet(USE, name.key(), mark, GIVEN_BACK, A_MOMENT);
            } catch (RuntimeException e) {
                tell("cannot be given back", e);
            }
        }
    }

    private void tell(String what, RuntimeException cause) {
        LOG.error(
                "The event of request {} {}, so it counts as being handled for up to {}: {}",
                requestId,
                what,
                RUNNING_FOR,
                cause instanceof StoreUnavailableException ? cause.getMessage() : Faults.describe(cause));
    }
}
