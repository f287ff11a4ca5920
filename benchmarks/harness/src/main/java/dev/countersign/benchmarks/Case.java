package dev.countersign.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * One variant of the request.
 *
 * @param name what results call it
 * @param war the folder of its WAR below {@code benchmarks}
 * @param parameters settings, as context parameters
 * @param path what is asked for
 * @param headers name and value by turns; empty if each request brings a token that nobody has seen
 * @param fresh the algorithm of those tokens, else empty
 * @param status the right answer
 * @param window how many requests one window has
 * @param options further options of the JVM
 */
record Case(
        String name,
        String war,
        Map<String, String> parameters,
        String path,
        List<String> headers,
        String fresh,
        int status,
        int window,
        List<String> options) {
    Case {
        parameters = Map.copyOf(parameters);
        headers = List.copyOf(headers);
        options = List.copyOf(options);
    }

    /** Whether requests without a good credential must be refused. */
    boolean isGuarded() {
        return status == 200 && !war.equals("war-bare") && !path.endsWith("/open");
    }
}
