package dev.countersign.authorization;

import dev.countersign.ConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was found wrong while rules were compiled: problems, which stop the deployment, and warnings, which do not. The
 * same sentence is kept once. Not safe for use by several threads.
 */
public final class Problems {
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private int reported;

    /** Nothing found yet. */
    public Problems() {}

    /** Adds a problem: {@code <element or key>: <what> (expected: <rule>)}. */
    public void problem(String sentence) {
        reported++;
        problems.add(sentence);
    }

    /** Adds a warning, of the same form. */
    public void warning(String sentence) {
        warnings.add(sentence);
    }

    /** Adds a problem about one element or key. */
    void problem(String name, String what) {
        problem(name + ": " + what);
    }

    /** The problems in the order found; empty if there are none. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The warnings in the order found; empty if there are none. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether no problem was found; warnings do not count. */
    public boolean isEmpty() {
        return problems.isEmpty();
    }

    /** Stops the deployment if there is a problem. */
    public void requireNone() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(new ArrayList<>(problems));
        }
    }

    /** How often a problem was reported, repetitions included, to see whether a step found one. */
    int reported() {
        return reported;
    }
}
