package dev.countersign.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each scheme costs, by hand, with Countersign, and with the others, as a chart. */
final class Picture {
    private static final Map<String, String> GROUPS = groups();
    private static final Map<String, String> NAMES = names();

    private Picture() {}

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        groups.put("-key", "API key");
        groups.put("-basic", "HTTP Basic, the password verified before (others: a cheap hash)");
        groups.put("-seen-RS256", "JWT RS256, the same token again");
        groups.put("-jwt-HS256", "JWT HS256, never seen");
        groups.put("-jwt-RS256", "JWT RS256, never seen");
        groups.put("-jwt-ES256", "JWT ES256, never seen");
        return groups;
    }

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("floor", "written by hand");
        names.put("countersign", "Countersign");
        names.put("jjwt", "jjwt in a filter");
        names.put("pac4j", "pac4j");
        names.put("shiro", "Shiro");
        names.put("spring", "Spring Security");
        return names;
    }

    static Chart of(Collection<InProcess.Cost> costs) {
        Chart chart = new Chart(
                "What authentication adds to a request",
                "CPU time over the same request to an open endpoint; less is better");
        GROUPS.forEach((end, title) -> {
            chart.group(title);
            NAMES.forEach((name, label) -> costs.stream()
                    .filter(cost -> isOf(cost.name(), name, end))
                    .forEach(cost -> chart.bar(label, cost.micros(), name.equals("countersign"))));
        });
        return chart;
    }

    private static boolean isOf(String variant, String name, String end) {
        boolean lookup = variant.equals("floor-lookup") && name.equals("floor") && end.equals("-seen-RS256");
        return lookup || variant.equals(name + end) || variant.equals(name + "-jwt" + end);
    }
}
