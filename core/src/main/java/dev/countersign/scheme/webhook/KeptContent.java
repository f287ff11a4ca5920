package dev.countersign.scheme.webhook;

import dev.countersign.Body;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Content that is needed whole before it is known whether anybody signed it: so much of it, and nothing once it is more,
 * whatever {@code body.max} allows.
 */
final class KeptContent implements Body.Sink {
    /** The most that is kept for a signature that may be anybody's. */
    static final int MOST_BYTES = 1 << 20;

    private final int most;
    private @Nullable ByteArrayOutputStream kept = new ByteArrayOutputStream();

    /** @param most bytes that are kept */
    KeptContent(int most) {
        this.most = most;
    }

    @Override
    public void accept(byte[] bytes, int offset, int length) {
        ByteArrayOutputStream before = kept;
        if (before == null) {
            return;
        }
        if (length > most - before.size()) {
            kept = null;
            return;
        }
        before.write(bytes, offset, length);
    }

    /** All of it; null if it was more than is kept. */
    byte @Nullable [] bytes() {
        ByteArrayOutputStream content = kept;
        return content == null ? null : content.toByteArray();
    }

    /** All of it between two texts; null if it was more than is kept. */
    byte @Nullable [] between(byte[] head, byte[] tail) {
        ByteArrayOutputStream content = kept;
        if (content == null) {
            return null;
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream(head.length + content.size() + tail.length);
        text.writeBytes(head);
        text.writeBytes(content.toByteArray());
        text.writeBytes(tail);
        return text.toByteArray();
    }
}
