package dev.countersign.servlet;

import dev.countersign.Decision;
import dev.countersign.Decision.Answer;

/** Answers as the adapter writes them. */
final class Answers {
    private Answers() {}

    /** The answer of a decision that is none to go on. */
    static Answer of(Decision decision) {
        return decision.match(
                admitted -> {
                    throw new IllegalStateException("Who is admitted gets no refusal");
                },
                Decision.Handled::answer,
                Decision.Challenged::answer,
                Decision.Refused::answer);
    }
}
