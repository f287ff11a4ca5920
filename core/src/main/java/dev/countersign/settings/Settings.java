package dev.countersign.settings;

import dev.countersign.ConfigurationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every key below {@code countersign.}, from all its sources. The first source that has a key wins: system properties,
 * the environment ({@code COUNTERSIGN_…}: the key in upper case with {@code .} and {@code -} as {@code _}), the file
 * named by {@code countersign.config}, {@code /WEB-INF/countersign.properties}, and parameters such as those of web.xml.
 *
 * <pre>{@code
 * Settings settings = Settings.builder().application(webApplication).parameters("web.xml", parameters).open();
 * Duration skew = settings.root().section("scheme.jwt").duration("clock-skew", Duration.ofSeconds(30), …);
 * settings.finish();   // throws with every problem at once, else starts to follow changed files
 * }</pre>
 *
 * <p>One thread reads and finishes; the {@link Reloadable}s serve any number of threads.
 */
public final class Settings implements AutoCloseable {
    static final String CONFIG = Source.PREFIX + "config";
    private static final String APPLICATION_FILE = "WEB-INF/countersign.properties";
    private static final int MAX_UNKNOWN = 100;
    private static final int MAX_OFFERED = 12;

    private static final Logger log = LoggerFactory.getLogger("dev.countersign.settings");

    private final Source.Named systemProperties;
    private final Source.Environment environment;
    private final Map<String, String> allSystemProperties;
    private final ApplicationLookup files;
    private final Reloader reloader;
    private final List<Source> sources = new ArrayList<>();
    private final Set<String> declared = new TreeSet<>(Set.of(CONFIG));
    private final Set<String> ignored = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> warnings = new LinkedHashSet<>();
    private boolean finished;

    private Settings(Builder builder) {
        this.allSystemProperties = Map.copyOf(builder.systemProperties);
        this.systemProperties = Source.Named.of("a system property", builder.systemProperties);
        this.environment = Source.Environment.of(builder.environment);
        this.files = new ApplicationLookup(builder.application, ResourceLookup.files(builder.workingDirectory));
        this.reloader = new Reloader(files, builder.clock);
        sources.add(systemProperties);
        sources.add(environment);
        sources.addAll(builder.parameters);
        List<Source> found = new ArrayList<>();
        configFile().ifPresent(found::add);
        applicationFile(builder.application).ifPresent(found::add);
        sources.addAll(2, found);
    }

    /** Settings from every source; system properties and environment are those of this process unless given. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Settings from these keys alone, written with their prefix, and neither system properties nor environment; relative
     * paths start at the working directory.
     */
    public static Settings of(Map<String, String> keys) {
        return builder()
                .systemProperties(Map.of())
                .environment(Map.of())
                .parameters("given in code", keys)
                .open();
    }

    /** All keys: names in it are what follows {@code countersign.}. */
    public Section root() {
        return new KeySection(this, Source.PREFIX);
    }

    /**
     * Reports a problem that belongs to no key, such as one of an annotation.
     *
     * @param problem of the form {@code name: value (expected: rule)}; never a secret's value, length or prefix
     * @throws ConfigurationException with this problem alone, after {@link #finish}
     */
    public void problem(String problem) {
        if (finished) {
            throw new ConfigurationException(List.of(problem));
        }
        problems.add(problem);
    }

    /** Reports something that does not stop the deployment; logged when it succeeds. */
    public void warning(String warning) {
        warnings.add(warning);
    }

    /**
     * Ends the reading: keys that were set and that nobody read are unknown. If all is well, logs the warnings and starts
     * to follow the files behind reloadable values.
     *
     * @return the warnings; unmodifiable
     * @throws ConfigurationException with every problem, those of values in the order found, then unknown keys sorted;
     *     nothing is left running then
     */
    public List<String> finish() {
        if (!finished) {
            unknownKeys();
            unknownVariables();
            if (!problems.isEmpty()) {
                close();
                throw new ConfigurationException(List.copyOf(problems));
            }
            finished = true;
            for (String warning : warnings) {
                log.warn("{}", warning);
            }
            reloader.start();
        }
        return List.copyOf(warnings);
    }

    /** Is told the key of each value that changed because a file behind it did, after the new value is in force. */
    public void onReload(Consumer<String> listener) {
        reloader.onReload(listener);
    }

    /**
     * Looks at every followed file now, as otherwise happens every two seconds, and puts the changed ones in force
     * together. A value whose files cannot be read or parsed stays as it was, and the log tells.
     */
    public void reloadNow() {
        reloader.reloadNow();
    }

    /** Stops to follow files, and waits for the thread that does; values stay as they are. */
    @Override
    public void close() {
        reloader.close();
    }

    /** The number of keys read; no values. */
    @Override
    public String toString() {
        return "Settings[" + declared.size() + " keys read]";
    }

    /** Declares a full key without reading it. */
    void declare(String key) {
        declared.add(key);
    }

    /** Declares every key that starts so. */
    void ignoreBelow(String prefix) {
        ignored.add(prefix);
    }

    Reloader reloader() {
        return reloader;
    }

    /** The value of a full key as it was written; reading declares it. */
    @Nullable
    String raw(String key) {
        declared.add(key);
        for (Source source : sources) {
            String value = source.value(key);
            if (value != null) {
                if (source instanceof Source.Environment) {
                    environment
                            .ambiguous(key)
                            .ifPresent(other -> problem(key + ": " + environment.place(key) + " also stands for "
                                    + other + " (expected: one meaning; set the key elsewhere)"));
                }
                return value;
            }
        }
        return null;
    }

    @Nullable
    String environmentVariable(String name) {
        return environment.referenced(name);
    }

    @Nullable
    String systemProperty(String name) {
        return allSystemProperties.get(name);
    }

    /** Reads a file for the first time, and warns if everybody may. */
    Content read(String key, Reloader.Reference reference) {
        if (files.servedToClients(reference.path())) {
            warning(key + ": " + ValueFormat.shown(reference.path())
                    + " may be downloaded by clients (expected: a file below WEB-INF)");
        }
        return reloader.read(reference);
    }

    /** What follows {@code prefix} in every key that can be listed. */
    Set<String> below(String prefix) {
        Set<String> below = new TreeSet<>();
        for (Source source : sources) {
            for (String key : source.keys()) {
                if (key.startsWith(prefix)) {
                    below.add(key.substring(prefix.length()));
                }
            }
        }
        return below;
    }

    boolean isSet(String key) {
        return sources.stream().anyMatch(source -> source.value(key) != null);
    }

    private Optional<Source> configFile() {
        String raw = raw(CONFIG);
        if (raw == null) {
            return Optional.empty();
        }
        // Only where it is written, since a reference may bring in anything.
        Optional<String> path = new KeySection(this, Source.PREFIX).text("config");
        return path.flatMap(file -> propertiesFile(file, files, false, CONFIG + ": " + ValueFormat.shown(raw)));
    }

    private Optional<Source> applicationFile(ResourceLookup application) {
        return propertiesFile(APPLICATION_FILE, application, true, null);
    }

    private Optional<Source> propertiesFile(
            String path, ResourceLookup lookup, boolean strict, @Nullable String requiredBy) {
        String shown = ValueFormat.shown(path);
        Content content;
        try {
            Optional<ResourceLookup.Resource> found = lookup.find(path);
            if (found.isEmpty() && requiredBy == null) {
                return Optional.empty();
            }
            content = Content.read(found, Content.VALUE_BYTES);
        } catch (IOException | RuntimeException e) {
            content = Content.unreadable(e);
        }
        String text = content.text();
        if (text == null) {
            problem((requiredBy == null ? shown : requiredBy) + " (expected: " + content.failure() + ")");
            return Optional.empty();
        }
        return Optional.of(Source.PropertiesFile.of(shown, text, strict, problems));
    }

    private void unknownKeys() {
        Map<String, Source> unknown = new TreeMap<>();
        for (Source source : sources) {
            for (String key : source.keys()) {
                boolean misplaced = key.equals(CONFIG) && !source.namesConfig();
                if (misplaced || (!declared.contains(key) && !isIgnored(key))) {
                    unknown.putIfAbsent(key, source);
                }
            }
        }
        int reported = 0;
        for (Map.Entry<String, Source> entry : unknown.entrySet()) {
            if (reported++ == MAX_UNKNOWN) {
                problem("and " + (unknown.size() - MAX_UNKNOWN) + " more unknown keys");
                break;
            }
            String key = entry.getKey();
            String place = entry.getValue().place(key);
            problem(ValueFormat.shown(key)
                    + (key.equals(CONFIG)
                            ? ": set on " + place + " (expected: a system property, an environment variable or web.xml)"
                            : ": unknown key, " + place + " (" + offer(key) + ")"));
        }
    }

    private boolean isIgnored(String key) {
        return ignored.stream().anyMatch(key::startsWith);
    }

    private String offer(String key) {
        Optional<String> nearest = Nearest.of(key, declared);
        if (nearest.isPresent()) {
            return "nearest: " + nearest.get();
        }
        String parent = key.substring(0, key.lastIndexOf('.') + 1);
        Set<String> known = new TreeSet<>();
        for (String candidate : declared) {
            if (candidate.startsWith(parent)) {
                int end = candidate.indexOf('.', parent.length());
                known.add(candidate.substring(parent.length(), end < 0 ? candidate.length() : end));
            }
        }
        String section = ValueFormat.shown(parent.substring(0, parent.length() - 1));
        if (known.isEmpty()) {
            return "nothing is known below " + section;
        }
        List<String> offered = known.stream().limit(MAX_OFFERED).toList();
        return "known below " + section + ": " + String.join(", ", offered)
                + (known.size() > offered.size() ? ", …" : "");
    }

    private void unknownVariables() {
        Set<String> known = new TreeSet<>();
        declared.forEach(key -> known.add(Source.Environment.variable(key)));
        int reported = 0;
        for (String variable : environment.unread()) {
            if (known.contains(variable)) {
                // Set, but a system property comes first.
                continue;
            }
            if (reported++ == MAX_UNKNOWN) {
                break;
            }
            warning(ValueFormat.shown(variable) + ": unknown environment variable, not used"
                    + Nearest.of(variable, known)
                            .map(name -> " (nearest: " + name + ")")
                            .orElse(""));
        }
    }

    /** Says where settings come from; everything has a default. */
    public static final class Builder {
        private Map<String, String> systemProperties = Map.of();
        private Map<String, String> environment = System.getenv();
        private ResourceLookup application = ResourceLookup.none();
        private Path workingDirectory = Path.of("");
        private InstantSource clock = InstantSource.system();
        private final List<Source> parameters = new ArrayList<>();

        private Builder() {
            Map<String, String> copy = new TreeMap<>();
            for (String name : System.getProperties().stringPropertyNames()) {
                String value = System.getProperty(name);
                if (value != null) {
                    copy.put(name, value);
                }
            }
            systemProperties(copy);
        }

        /** The system properties, also for {@code ${sys:…}}; those of this process by default. */
        public Builder systemProperties(Map<String, String> properties) {
            this.systemProperties = Map.copyOf(properties);
            return this;
        }

        /** The environment, also for {@code ${env:…}}; that of this process by default. */
        public Builder environment(Map<String, String> variables) {
            this.environment = Map.copyOf(variables);
            return this;
        }

        /**
         * The web application: {@code WEB-INF/countersign.properties} is read from it, and relative paths are looked up
         * in it first. None by default.
         */
        public Builder application(ResourceLookup files) {
            this.application = files;
            return this;
        }

        /** Where relative paths that are not found in the web application start; the working directory by default. */
        public Builder workingDirectory(Path directory) {
            this.workingDirectory = directory;
            return this;
        }

        /**
         * Adds keys that come after every other source, and after parameters added before: first init-params, then
         * context-params. Keys without the prefix are passed over.
         *
         * @param origin where they are, for messages, such as {@code an init-param}
         */
        public Builder parameters(String origin, Map<String, String> keys) {
            this.parameters.add(Source.Named.of(origin, keys));
            return this;
        }

        /** The time that files' times are compared with; the system's by default. */
        public Builder clock(InstantSource source) {
            this.clock = source;
            return this;
        }

        /** Reads the sources; what is wrong with them is thrown by {@link Settings#finish}. */
        public Settings open() {
            return new Settings(this);
        }
    }
}
