package dev.countersign.settings;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One place that keys come from. */
sealed interface Source {
    String PREFIX = "countersign.";
    String ENVIRONMENT_PREFIX = "COUNTERSIGN_";

    /** The value of a full key, trimmed. */
    @Nullable
    String value(String key);

    /** Every key below {@link #PREFIX} that can be listed. */
    Collection<String> keys();

    /** Where a listed key stands, for messages. */
    String place(String key);

    /** Whether it may name the file to read. */
    boolean namesConfig();

    /** Keys given one by one: system properties, parameters of web.xml, code. */
    record Named(String origin, Map<String, String> values) implements Source {
        static Named of(String origin, Map<String, String> all) {
            Map<String, String> values = new TreeMap<>();
            all.forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    values.put(key, value.strip());
                }
            });
            return new Named(origin, values);
        }

        @Override
        public @Nullable String value(String key) {
            return values.get(key);
        }

        @Override
        public Collection<String> keys() {
            return values.keySet();
        }

        @Override
        public String place(String key) {
            return origin;
        }

        @Override
        public boolean namesConfig() {
            return true;
        }

        @Override
        public String toString() {
            return origin;
        }
    }

    /** Variables, whose names cannot be turned back into keys, so that a key is looked up by its name alone. */
    record Environment(Map<String, String> variables, Map<String, String> readers, Set<String> references)
            implements Source {
        static Environment of(Map<String, String> variables) {
            return new Environment(Map.copyOf(variables), new HashMap<>(), new HashSet<>());
        }

        static String variable(String key) {
            return key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        }

        @Override
        public @Nullable String value(String key) {
            String value = variables.get(variable(key));
            if (value == null) {
                return null;
            }
            readers.putIfAbsent(variable(key), key);
            return value.strip();
        }

        /** The value of a variable that {@code ${env:…}} names. */
        @Nullable
        String referenced(String variable) {
            references.add(variable);
            return variables.get(variable);
        }

        /** The other key that the same variable was read for. */
        Optional<String> ambiguous(String key) {
            String reader = readers.getOrDefault(variable(key), key);
            return reader.equals(key) ? Optional.empty() : Optional.of(reader);
        }

        /** Variables with our prefix that no key was read from and no value refers to, sorted. */
        Set<String> unread() {
            Set<String> unread = new TreeSet<>();
            for (String name : variables.keySet()) {
                if (name.startsWith(ENVIRONMENT_PREFIX) && !readers.containsKey(name) && !references.contains(name)) {
                    unread.add(name);
                }
            }
            return unread;
        }

        @Override
        public Collection<String> keys() {
            return List.of();
        }

        @Override
        public String place(String key) {
            return "environment variable " + variable(key);
        }

        @Override
        public boolean namesConfig() {
            return true;
        }

        @Override
        public String toString() {
            return "environment";
        }
    }

    /** A properties file. */
    record PropertiesFile(String path, Map<String, PropertiesText.Entry> entries) implements Source {
        /**
         * Reads the text of a file.
         *
         * @param strict whether every key must be ours
         * @param problems is added a line for each that is not, stands twice or cannot be read
         */
        static PropertiesFile of(String path, String text, boolean strict, Collection<String> problems) {
            Map<String, PropertiesText.Entry> entries = new LinkedHashMap<>();
            PropertiesText.scan(
                    text,
                    entry -> {
                        if (!entry.key().startsWith(PREFIX)) {
                            // Not the key: it may be a line of a private key that was pasted without its line ends.
                            if (strict) {
                                problems.add("line " + entry.line() + " of " + path
                                        + " (expected: a key that starts with " + PREFIX + ")");
                            }
                            return;
                        }
                        PropertiesText.Entry first = entries.putIfAbsent(entry.key(), entry);
                        if (first != null) {
                            problems.add(ValueFormat.shown(entry.key()) + ": set on line " + first.line()
                                    + " and again on line " + entry.line() + " of " + path + " (expected: once)");
                        }
                    },
                    line -> problems.add("line " + line + " of " + path
                            + ": malformed \\u escape (expected: four hexadecimal digits)"));
            return new PropertiesFile(path, entries);
        }

        @Override
        public @Nullable String value(String key) {
            PropertiesText.Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }

        @Override
        public Collection<String> keys() {
            return entries.keySet();
        }

        @Override
        public String place(String key) {
            PropertiesText.Entry entry = entries.get(key);
            return entry == null ? path : "line " + entry.line() + " of " + path;
        }

        @Override
        public boolean namesConfig() {
            return false;
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
