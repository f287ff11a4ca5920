package dev.countersign.servlet;

import dev.countersign.Gate;
import dev.countersign.authorization.Problems;
import dev.countersign.authorization.RuleCompiler;
import dev.countersign.bootstrap.WebSettings;
import dev.countersign.http.ProxyPolicy;
import java.util.Set;

/** What the adapter needs of a Countersign that was built. */
interface Setup extends AutoCloseable {
    /** What decides. */
    Gate gate();

    /** Compiles annotations and path rules. */
    RuleCompiler rules();

    /** What is wrong so far, and where the adapter adds what it finds. */
    Problems problems();

    /** Which proxies are believed. */
    ProxyPolicy proxies();

    /** What the settings say to the adapter. */
    WebSettings web();

    /** The type of the scheme of this configured name; empty if there is none. */
    String schemeType(String name);

    /** The fields, in lower case, that carry credentials of the scheme of this configured name. */
    Set<String> carriers(String name);

    /**
     * Ends the set-up.
     *
     * @throws dev.countersign.ConfigurationException with every problem
     */
    void start();

    @Override
    void close();
}
