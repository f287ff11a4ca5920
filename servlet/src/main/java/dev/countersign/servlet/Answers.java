package dev.countersign.servlet;

import dev.countersign.Decision;
import dev.countersign.Decision.Answer;
import java.util.List;
import java.util.Optional;

/** Answers as the adapter writes them: those of the Gate, and 405 for a method that is never served. */
final class Answers {
    private static final int METHOD_NOT_ALLOWED = 405;

    private Answers() {}

    /** The answer of a decision that is none to go on. */
    static Answer of(Decision decision) {
        return decision.match(
                admitted -> {
                    throw new IllegalStateException("Who is admitted gets no refusal");
                },
                Decision.Challenged::answer,
                Decision.Refused::answer);
    }

    /** A method that is never served. */
    static Answer methodNotAllowed() {
        return new Answer(METHOD_NOT_ALLOWED, List.of(), Optional.empty(), "", "");
    }
}
