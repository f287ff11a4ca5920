package dev.countersign;

import java.util.List;

/**
 * Stops a deployment: carries every problem found, one line each, so that one start shows them all.
 *
 * <p>A problem names the key or the annotated element, what is wrong and the nearest valid choice; it never carries a
 * secret's value, length or prefix.
 */
public final class ConfigurationException extends CountersignException {
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /** @param problems at least one, each a whole sentence of the form {@code name: value (expected: rule)} */
    public ConfigurationException(List<String> problems) {
        super(format(problems));
        this.problems = List.copyOf(problems);
    }

    /** Every problem, in the order found; never empty. */
    public List<String> problems() {
        return problems;
    }

    private static String format(List<String> problems) {
        StringBuilder message = new StringBuilder("Countersign is misconfigured (")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem):" : " problems):");
        for (String problem : problems) {
            message.append("\n  - ").append(problem);
        }
        return message.toString();
    }
}
