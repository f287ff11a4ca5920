package dev.countersign.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of {@link Settings} below one prefix. */
final class KeySection implements Section {
    private static final String FILE = "file:";
    private static final int MAX_NUMBERED = 1000;

    private final Settings settings;
    private final String prefix;

    /** @param prefix with {@code countersign.} and a dot at its end */
    KeySection(Settings settings, String prefix) {
        this.settings = settings;
        this.prefix = prefix;
    }

    @Override
    public String key(String name) {
        return prefix + name;
    }

    @Override
    public Section section(String further) {
        return new KeySection(settings, prefix + further + ".");
    }

    @Override
    public Set<String> names(String below) {
        String start = below.isEmpty() ? prefix : prefix + below + ".";
        Set<String> names = new TreeSet<>();
        for (String rest : settings.below(start)) {
            int dot = rest.indexOf('.');
            if (dot < 0) {
                continue;
            }
            String name = rest.substring(0, dot);
            if (Section.isName(name)) {
                names.add(name);
            } else {
                settings.problem(ValueFormat.shown(start + name) + ": bad name (expected: a small letter, then small "
                        + "letters, digits and dashes)");
                settings.ignoreBelow(start + name + ".");
            }
        }
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Set<String> names(String below, Predicate<String> rule, String expected) {
        String start = prefix + below + ".";
        Set<String> names = new TreeSet<>();
        for (String rest : settings.below(start)) {
            int dot = rest.indexOf('.');
            String name = dot < 0 ? rest : rest.substring(0, dot);
            if (rule.test(name)) {
                names.add(name);
            } else {
                settings.problem(ValueFormat.shown(start + name) + ": bad name (expected: " + expected + ")");
                settings.declare(start + name);
                settings.ignoreBelow(start + name + ".");
            }
        }
        return Collections.unmodifiableSet(names);
    }

    @Override
    public Optional<String> text(String name) {
        Value value = value(name);
        return value == null ? Optional.empty() : Optional.of(value.text());
    }

    @Override
    public Optional<String> textOrNothing(String name) {
        Value value = valueOf(key(name), true);
        return value == null ? Optional.empty() : Optional.of(value.text());
    }

    @Override
    public String requiredText(String name, String expected) {
        if (settings.raw(key(name)) == null) {
            settings.problem(key(name) + ": not set (expected: " + expected + ")");
            return "";
        }
        return text(name).orElse("");
    }

    @Override
    public List<String> list(String name, List<String> fallback) {
        Value value = value(name);
        if (value == null) {
            return fallback;
        }
        List<String> items =
                Stream.of(value.text().split(",", -1)).map(String::strip).toList();
        if (items.contains("")) {
            problem(name, "an empty item (expected: a comma-separated list)");
            return fallback;
        }
        return items;
    }

    @Override
    public boolean flag(String name, boolean fallback) {
        Value value = value(name);
        if (value == null) {
            return fallback;
        }
        Boolean flag = ValueFormat.flag(value.text());
        return flag == null ? wrong(name, value, "true or false", fallback) : flag;
    }

    @Override
    public int number(String name, int fallback, int min, int max) {
        Value value = value(name);
        if (value == null) {
            return fallback;
        }
        Long number = ValueFormat.number(value.text());
        if (number == null) {
            return wrong(name, value, "a whole number from " + min + " to " + max, fallback);
        }
        return within(name, value, number, fallback, min, max, String::valueOf);
    }

    @Override
    public int size(String name, int fallback, int min, int max) {
        Value value = value(name);
        if (value == null) {
            return fallback;
        }
        Long size = ValueFormat.size(value.text());
        if (size == null) {
            return wrong(name, value, "a size such as 8192, 8 KiB or 1 MiB", fallback);
        }
        return within(name, value, size, fallback, min, max, ValueFormat::formatSize);
    }

    @Override
    public Duration duration(String name, Duration fallback, Duration min, Duration max) {
        Value value = value(name);
        return value == null ? fallback : duration(name, value, min, max).orElse(fallback);
    }

    @Override
    public Optional<Duration> duration(String name, Duration min, Duration max) {
        Value value = value(name);
        return value == null || value.text().equals("off") ? Optional.empty() : duration(name, value, min, max);
    }

    @Override
    public <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        Value value = value(name);
        if (value == null) {
            return fallback;
        }
        List<E> choices = List.of(type.getEnumConstants());
        for (E choice : choices) {
            if (ValueFormat.format(choice).equals(value.text())) {
                return choice;
            }
        }
        String all = choices.stream().map(ValueFormat::format).collect(Collectors.joining(", "));
        return wrong(name, value, choices.size() == 1 ? all : "one of " + all, fallback);
    }

    @Override
    public <T> Optional<Reloadable<T>> values(String name, Function<List<String>, T> parser) {
        List<Value> values = new ArrayList<>();
        boolean wrong = false;
        for (String key : numbered(key(name))) {
            Value value = valueOf(key);
            wrong |= value == null;
            if (value != null) {
                values.add(value);
            }
        }
        if (wrong || values.isEmpty()) {
            return Optional.empty();
        }
        Reloader.Parsed<T> parsed =
                Reloader.Parsed.of(parser, values.stream().map(Value::verbatim).toList());
        T first = parsed.value();
        if (first == null) {
            problem(name, parsed.failure());
            return Optional.empty();
        }
        List<Reloader.Reference> references = new ArrayList<>();
        List<Content> readings = new ArrayList<>();
        for (Value value : values) {
            references.addAll(value.references());
            readings.addAll(value.readings());
        }
        if (references.isEmpty()) {
            return Optional.of(() -> first);
        }
        Function<Function<String, String>, T> again = texts ->
                parser.apply(values.stream().map(value -> value.again(texts)).toList());
        return Optional.of(settings.reloader().follow(key(name), references, readings, again, first));
    }

    @Override
    public <T> Optional<Reloadable<T>> requiredValues(String name, String expected, Function<List<String>, T> parser) {
        if (numbered(key(name)).isEmpty()) {
            settings.problem(key(name) + ": not set (expected: " + expected + ")");
        }
        return values(name, parser);
    }

    @Override
    public <T> Optional<Reloadable<T>> file(String name, Function<String, T> parser) {
        Value value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        String path = value.text().startsWith(FILE)
                ? value.text().substring(FILE.length()).strip()
                : "";
        if (path.isEmpty()) {
            problem(name, "not a file (expected: file:<path>)");
            return Optional.empty();
        }
        Reloader.Reference reference = new Reloader.Reference(path, value.shown(), Content.STORE_BYTES);
        Content content = settings.read(key(name), reference);
        String text = content.text();
        if (text == null) {
            problem(name, value.shown() + " (expected: " + content.failure() + ")");
            return Optional.empty();
        }
        Reloader.Parsed<T> parsed = Reloader.Parsed.of(parser, text);
        T first = parsed.value();
        if (first == null) {
            problem(name, value.shown() + ": " + parsed.failure());
            return Optional.empty();
        }
        return Optional.of(settings.reloader()
                .follow(
                        key(name),
                        List.of(reference),
                        List.of(content.withoutText()),
                        texts -> parser.apply(texts.apply(path)),
                        first));
    }

    @Override
    public void ignoreRest() {
        settings.ignoreBelow(prefix);
    }

    @Override
    public String shown(String name, String part) {
        String raw = settings.raw(key(name));
        return ValueFormat.shown(raw != null && raw.contains("${") ? raw : part);
    }

    @Override
    public void problem(String name, String what) {
        settings.problem(key(name) + ": " + what);
    }

    @Override
    public void warning(String name, String what) {
        settings.warning(key(name) + ": " + what);
    }

    @Override
    public String toString() {
        return prefix;
    }

    private Optional<Duration> duration(String name, Value value, Duration min, Duration max) {
        Duration duration = ValueFormat.duration(value.text());
        if (duration == null) {
            return wrong(name, value, "an ISO-8601 duration such as PT30S or P1D", Optional.empty());
        }
        if (duration.compareTo(min) < 0) {
            return wrong(name, value, "at least " + ValueFormat.format(min), Optional.empty());
        }
        return duration.compareTo(max) > 0
                ? wrong(name, value, "at most " + ValueFormat.format(max), Optional.empty())
                : Optional.of(duration);
    }

    private int within(
            String name, Value value, long number, int fallback, int min, int max, Function<Long, String> format) {
        if (number < min) {
            return wrong(name, value, "at least " + format.apply((long) min), fallback);
        }
        return number > max ? wrong(name, value, "at most " + format.apply((long) max), fallback) : (int) number;
    }

    private <T> T wrong(String name, Value value, String expected, T fallback) {
        settings.problem(key(name) + ": " + value.shown() + " (expected: " + expected + ")");
        return fallback;
    }

    /** The key itself and those of its numbers that are set, in the order of the numbers. */
    private List<String> numbered(String key) {
        List<String> keys = new ArrayList<>();
        if (settings.raw(key) != null) {
            keys.add(key);
        }
        Set<Integer> numbers = new TreeSet<>();
        for (String rest : settings.below(key + ".")) {
            Long number = ValueFormat.number(rest);
            if (number != null && number >= 1 && number <= MAX_NUMBERED && rest.equals(number.toString())) {
                numbers.add(number.intValue());
            }
        }
        // The environment cannot be listed, so its numbers must follow one another.
        for (int next = 1; next <= MAX_NUMBERED; next++) {
            if (!settings.isSet(key + "." + next) && !numbers.contains(next)) {
                break;
            }
            numbers.add(next);
        }
        numbers.forEach(number -> keys.add(key + "." + number));
        return keys;
    }

    private @Nullable Value value(String name) {
        return valueOf(key(name));
    }

    private @Nullable Value valueOf(String key) {
        return valueOf(key, false);
    }

    /**
     * The value of a full key; null if it is not set, or with a problem.
     *
     * @param nothing whether it may be empty
     */
    private @Nullable Value valueOf(String key, boolean nothing) {
        String raw = settings.raw(key);
        if (raw == null) {
            return null;
        }
        Template template;
        try {
            template = Template.parse(raw);
        } catch (IllegalArgumentException e) {
            settings.problem(key + ": " + e.getMessage());
            return null;
        }
        Value value = new Value(raw, template);
        boolean whole = true;
        for (Template.Part part : template.parts()) {
            whole &= resolve(key, part, value);
        }
        if (whole && !nothing && value.text().isEmpty()) {
            settings.problem(key + ": "
                    + (template.literal() ? "empty" : ValueFormat.shown(raw) + " is empty")
                    + " (expected: a value, or leave the key out)");
            return null;
        }
        return whole ? value : null;
    }

    private boolean resolve(String key, Template.Part part, Value value) {
        String text = null;
        String expected = null;
        switch (part.kind()) {
            case LITERAL -> text = part.text();
            case ENV -> {
                text = settings.environmentVariable(part.text());
                expected = "the environment variable to be set";
            }
            case SYS -> {
                text = settings.systemProperty(part.text());
                expected = "the system property to be set";
            }
            case FILE -> {
                Reloader.Reference reference =
                        new Reloader.Reference(part.text(), part.reference(), Content.VALUE_BYTES);
                Content content = settings.read(key, reference);
                text = content.text();
                expected = content.failure();
                value.references().add(reference);
                value.readings().add(content.withoutText());
                text = text == null ? null : Value.withoutLineBreak(text);
            }
        }
        if (text == null) {
            settings.problem(key + ": " + part.reference() + " (expected: " + expected + ")");
            return false;
        }
        value.resolved().add(text);
        return true;
    }

    /**
     * A value with what its references brought in.
     *
     * @param resolved one text a part of the template
     */
    private record Value(
            String raw,
            Template template,
            List<String> resolved,
            List<Reloader.Reference> references,
            List<Content> readings) {
        Value(String raw, Template template) {
            this(raw, template, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        static String withoutLineBreak(String text) {
            int end = text.length();
            if (text.endsWith("\r\n")) {
                end -= 2;
            } else if (text.endsWith("\n") || text.endsWith("\r")) {
                end--;
            }
            return text.substring(0, end);
        }

        String text() {
            return verbatim().strip();
        }

        String verbatim() {
            return String.join("", resolved);
        }

        /** As it was written, so without what a reference brought in: for values that are no secrets. */
        String shown() {
            return ValueFormat.shown(raw);
        }

        /** The same with the files' texts of now. */
        String again(Function<String, String> texts) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < resolved.size(); i++) {
                Template.Part part = template.parts().get(i);
                text.append(
                        part.kind() == Template.Kind.FILE
                                ? withoutLineBreak(texts.apply(part.text()))
                                : resolved.get(i));
            }
            return text.toString();
        }

        @Override
        public String toString() {
            return "****";
        }
    }
}
