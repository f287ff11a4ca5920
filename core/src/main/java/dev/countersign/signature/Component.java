package dev.countersign.signature;

import dev.countersign.http.Ascii;
import dev.countersign.http.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What names one part of a message that a signature covers: a field, or a derived component, with its parameters (RFC 9421
 * section 2). Immutable. Two are equal if name and parameters are, in whatever order the parameters stand.
 *
 * <pre>{@code
 * Component.of("@method");
 * Component.of("content-digest");
 * Component.of("\"@query-param\";name=\"page\"");
 * }</pre>
 */
public final class Component {
    static final String QUERY_PARAM = "@query-param";
    static final String STATUS = "@status";

    private static final Set<String> DERIVED = Set.of(
            "@method",
            "@target-uri",
            "@authority",
            "@scheme",
            "@request-target",
            "@path",
            "@query",
            QUERY_PARAM,
            STATUS);

    /** The parameters of fields and whether each is a flag; the others have a string. */
    private static final Map<String, Boolean> FIELD_PARAMETERS =
            Map.of("sf", true, "bs", true, "req", true, "tr", true, "key", false);

    private static final int MAX_LENGTH = 1024;

    // Below what they are read with.
    /** {@code @method}. */
    public static final Component METHOD = of("@method");

    /** {@code @target-uri}. */
    public static final Component TARGET_URI = of("@target-uri");

    /** {@code @authority}. */
    public static final Component AUTHORITY = of("@authority");

    /** {@code @path}. */
    public static final Component PATH = of("@path");

    /** {@code @query}. */
    public static final Component QUERY = of("@query");

    /** {@code content-digest}. */
    public static final Component CONTENT_DIGEST = of("content-digest");

    /** {@code content-type}. */
    public static final Component CONTENT_TYPE = of("content-type");

    private final String name;
    private final Map<String, Object> parameters;
    private final String text;

    private Component(String name, Map<String, Object> parameters, String text) {
        this.name = name;
        this.parameters = parameters;
        this.text = text;
    }

    /**
     * Reads a component as settings name it: the name alone, or the whole identifier with its quotes.
     *
     * @throws IllegalArgumentException if there is no such component; the message says what there is
     */
    public static Component of(String text) {
        String written = text.startsWith("\"") ? text : "\"" + text + "\"";
        return StructuredFields.item(List.of(written), MAX_LENGTH)
                .flatMap(Component::of)
                .orElseThrow(() -> new IllegalArgumentException(text
                        + " (expected: a field name in lower case, or a derived component such as @method, with the"
                        + " parameters of RFC 9421 section 2)"));
    }

    /** The component of an item of a covered list; empty if it names none that can be understood. */
    static Optional<Component> of(StructuredFields.Item item) {
        if (!(item.value() instanceof String name)) {
            return Optional.empty();
        }
        Component component = new Component(name, item.parameters(), item.text());
        boolean good = name.startsWith("@") ? component.isDerived() : component.isField();
        return good ? Optional.of(component) : Optional.empty();
    }

    private boolean isDerived() {
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            boolean name = parameter.getKey().equals("name") && parameter.getValue() instanceof String;
            boolean request =
                    parameter.getKey().equals("req") && parameter.getValue().equals(true);
            if (!name && !request) {
                return false;
            }
        }
        // RFC 9421 section 2.4: a status is no part of a request.
        return DERIVED.contains(name)
                && name.equals(QUERY_PARAM) == parameters.containsKey("name")
                && !(name.equals(STATUS) && ofRequest());
    }

    private boolean isField() {
        // RFC 9421 section 2.1: the name MUST be in lower case.
        if (!FieldValue.isToken(name) || !name.equals(Ascii.lowerCase(name))) {
            return false;
        }
        for (Map.Entry<String, Object> parameter : parameters.entrySet()) {
            Boolean flag = FIELD_PARAMETERS.get(parameter.getKey());
            if (flag == null
                    || (flag ? !parameter.getValue().equals(true) : !(parameter.getValue() instanceof String))) {
                return false;
            }
        }
        // RFC 9421 section 2.1.3.
        return !(asBytes() && (strict() || key() != null));
    }

    /** The name of the field, or of the derived component with its {@code @}. */
    public String name() {
        return name;
    }

    /** The identifier as it stands in a covered list and in the signature base. */
    public String text() {
        return text;
    }

    /**
     * Whether one that covers this covers all of {@code wanted} too: the same component, the same field written in another
     * way, or a part of the target URI.
     */
    public boolean covers(Component wanted) {
        if (equals(wanted)) {
            return true;
        }
        if (!wanted.parameters.isEmpty()) {
            return false;
        }
        if (name.equals(wanted.name)) {
            return key() == null && !ofTrailers() && !ofRequest() && !name.equals(QUERY_PARAM);
        }
        return parameters.isEmpty()
                && switch (wanted.name) {
                    case "@path", "@query" -> name.equals("@target-uri") || name.equals("@request-target");
                    case "@authority", "@scheme" -> name.equals("@target-uri");
                    default -> false;
                };
    }

    /**
     * Whether there can be a request that has it: no status of a response, nothing of the request that a response answers,
     * and nothing that is read or written in a way in which it has no value.
     */
    public boolean canBeOfRequest() {
        if (name.equals(STATUS) || ofRequest()) {
            return false;
        }
        if (parameterName() != null) {
            return QueryParameters.isEncoded(parameterName());
        }
        FieldType type = FieldType.KNOWN.get(name);
        if (key() != null) {
            return StructuredFields.isKey(key()) && (type == null || type == FieldType.DICTIONARY);
        }
        return !strict() || type != null;
    }

    boolean isDerivedComponent() {
        return name.startsWith("@");
    }

    /** {@code ;sf}: the field is written anew, in the way of structured fields. */
    boolean strict() {
        return parameters.containsKey("sf");
    }

    /** {@code ;key} or {@code ;sf}: the field has to be parsed. */
    boolean isParsed() {
        return strict() || key() != null;
    }

    /** {@code ;bs}: each line is written as a byte sequence. */
    boolean asBytes() {
        return parameters.containsKey("bs");
    }

    /** {@code ;req}: of the request that a response answers. */
    boolean ofRequest() {
        return parameters.containsKey("req");
    }

    /** {@code ;tr}: of the trailer section. */
    boolean ofTrailers() {
        return parameters.containsKey("tr");
    }

    /** {@code ;key}: the member of a dictionary, or null for all of the field. */
    @Nullable
    String key() {
        return (String) parameters.get("key");
    }

    /** {@code ;name}: of the query parameter, encoded as RFC 9421 section 2.2.8 has it; null for other components. */
    @Nullable
    String parameterName() {
        return (String) parameters.get("name");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Component component
                && name.equals(component.name)
                && parameters.equals(component.parameters);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + parameters.hashCode();
    }

    /** The identifier. */
    @Override
    public String toString() {
        return text;
    }
}
