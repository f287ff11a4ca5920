package dev.countersign.settings;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** The known name that somebody probably meant: for messages about unknown keys, schemes and choices. */
public final class Nearest {
    private static final int LONGEST = 200;

    private Nearest() {}

    /**
     * The known name with the fewest changes to {@code wanted}, where a change inserts, removes or replaces one
     * character or swaps two neighbours, and letter case is not looked at.
     *
     * @return empty if none is near enough: within one change for up to four characters, two up to eight, else three,
     *     and at most half of the longer name; of two equally near names the first in their natural order
     */
    public static Optional<String> of(String wanted, Collection<String> known) {
        String nearest = null;
        int best = Integer.MAX_VALUE;
        if (wanted.length() > LONGEST) {
            return Optional.empty();
        }
        String from = wanted.toLowerCase(Locale.ROOT);
        int limit = from.length() <= 4 ? 1 : from.length() <= 8 ? 2 : 3;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - from.length()) > limit) {
                continue;
            }
            int distance = distance(from, candidate.toLowerCase(Locale.ROOT), limit);
            boolean near = distance <= limit && distance * 2 <= Math.max(from.length(), candidate.length());
            if (near
                    && (distance < best || (distance == best && nearest != null && candidate.compareTo(nearest) < 0))) {
                best = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Optimal string alignment; more than {@code limit} once it is certain to be exceeded. */
    static int distance(String from, String to, int limit) {
        int[] beforePrevious = new int[to.length() + 1];
        int[] previous = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            int least = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                int distance = Math.min(Math.min(previous[j], row[j - 1]) + 1, previous[j - 1] + change);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    distance = Math.min(distance, beforePrevious[j - 2] + 1);
                }
                row[j] = distance;
                least = Math.min(least, distance);
            }
            // A swap can reach back one row further, so one more than the limit is needed to be certain.
            if (least > limit + 1) {
                return limit + 1;
            }
            int[] free = beforePrevious;
            beforePrevious = previous;
            previous = row;
            row = free;
        }
        return previous[to.length()];
    }
}
