package dev.countersign.json;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The published cases under {@code src/test/resources/vectors}. */
public final class Vectors {
    private Vectors() {}

    /** The cases of a file that is one array of objects. */
    public static List<Case> read(String file) {
        return cases((List<?>) parse(file));
    }

    /** The cases in one member of a file that is an object. */
    public static List<Case> read(String file, String member) {
        return cases((List<?>) Objects.requireNonNull(((Map<?, ?>) parse(file)).get(member)));
    }

    private static Object parse(String file) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + file), file)) {
            return StrictJson.parse(in.readAllBytes(), 32);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // StrictJson makes no other kind of map
    private static List<Case> cases(List<?> elements) {
        List<Case> cases = new ArrayList<>();
        for (Object element : elements) {
            cases.add(new Case((Map<String, Object>) element));
        }
        return cases;
    }

    /** One case: an object. */
    public record Case(Map<String, Object> members) {
        /** A string that must be there. */
        public String text(String name) {
            return (String) value(name);
        }

        /** A string that may be missing or null. */
        public Optional<String> optionalText(String name) {
            return Optional.ofNullable(members.get(name))
                    .filter(String.class::isInstance)
                    .map(String.class::cast);
        }

        /** An array of strings that must be there. */
        public List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (Object element : (List<?>) value(name)) {
                texts.add((String) element);
            }
            return texts;
        }

        /** An array of arrays of strings that must be there. */
        public List<List<String>> lists(String name) {
            List<List<String>> lists = new ArrayList<>();
            for (Object element : (List<?>) value(name)) {
                List<String> texts = new ArrayList<>();
                for (Object text : (List<?>) element) {
                    texts.add((String) text);
                }
                lists.add(texts);
            }
            return lists;
        }

        /** An array of objects that must be there. */
        public List<Case> cases(String name) {
            return Vectors.cases((List<?>) value(name));
        }

        /** Any value that must be there. */
        public Object value(String name) {
            return Objects.requireNonNull(members.get(name), name);
        }
    }
}
