package dev.countersign.it.wars.signed;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How parameters are shown. */
final class Shown {
    private Shown() {}

    /** One line a name, with all of its values. */
    static String of(Map<String, ? extends Iterable<String>> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + String.join("|", entry.getValue()))
                        .collect(Collectors.joining("\n"));
    }

    /** One line a name, with all of its values. */
    static String ofArrays(Map<String, String[]> parameters) {
        Map<String, Iterable<String>> lists = new TreeMap<>();
        parameters.forEach((name, values) -> lists.put(name, java.util.List.of(values)));
        return of(lists);
    }
}
