package dev.countersign.state;

import java.time.Duration;

/**
 * What {@link State#take} answers.
 *
 * @param admitted whether the cost was taken
 * @param remaining how much can be taken now, at least 0
 * @param retryAfter when the same cost can be admitted at the earliest, if nobody else takes: zero if it was admitted
 * @param reset when everything that is taken will have come back: zero if nothing is taken
 */
public record Take(boolean admitted, long remaining, Duration retryAfter, Duration reset) {}
