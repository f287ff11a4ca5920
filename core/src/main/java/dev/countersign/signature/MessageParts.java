package dev.countersign.signature;

/** What a signature can cover of a message, whoever made it: a server that verifies, a client that signs. */
public sealed interface MessageParts permits RequestParts, ResponseParts {
    /** The field lines of the header section. */
    Fields headers();

    /** The field lines of the trailer section; known once the content was read. */
    Fields trailers();
}
