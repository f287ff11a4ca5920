package dev.countersign.benchmarks;

import java.nio.charset.StandardCharsets;
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
    private static final int CHEAP = 250;
    private static final int DEAR = 40;

    Case {
        parameters = Map.copyOf(parameters);
        headers = List.copyOf(headers);
        options = List.copyOf(options);
    }

    /** Whether requests without a good credential must be refused. */
    boolean isGuarded() {
        return status == 200 && !war.equals("war-bare") && !path.equals(Cases.OPEN);
    }

    /** How many requests warm this variant up where others take so many: fewer if each takes milliseconds. */
    int warmUp(int requests) {
        if (window >= CHEAP) {
            return requests;
        }
        return window >= DEAR ? requests / 7 : requests / 200;
    }

    /** The request as it is sent, the only one of its connection. */
    byte[] request() {
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < headers.size(); i += 2) {
            request.append(headers.get(i))
                    .append(": ")
                    .append(headers.get(i + 1))
                    .append("\r\n");
        }
        return request.append("Connection: close\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
