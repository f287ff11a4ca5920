package dev.countersign.settings;

import java.util.ArrayList;
import java.util.List;

/** A value as written: literal text and references, each of which stands for text that is never expanded again. */
record Template(List<Part> parts) {
    private static final String FORMS = "${env:NAME}, ${file:PATH} or ${sys:NAME}";

    /** Where a reference finds its text. */
    enum Kind {
        LITERAL,
        ENV,
        FILE,
        SYS
    }

    /** Literal text, or the name of a variable, file or property. */
    record Part(Kind kind, String text) {
        /** As it was written; only for references, since literal text may be a secret. */
        String reference() {
            return switch (kind) {
                case LITERAL -> "****";
                case ENV -> "${env:" + text + "}";
                case FILE -> "${file:" + text + "}";
                case SYS -> "${sys:" + text + "}";
            };
        }
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with a message that carries no part of the value
     */
    static Template parse(String value) {
        List<Part> parts = new ArrayList<>();
        int position = 0;
        while (position < value.length()) {
            int start = value.indexOf("${", position);
            if (start < 0) {
                parts.add(new Part(Kind.LITERAL, value.substring(position)));
                break;
            }
            if (start > position) {
                parts.add(new Part(Kind.LITERAL, value.substring(position, start)));
            }
            int end = value.indexOf('}', start);
            if (end < 0) {
                throw new IllegalArgumentException("a ${ without its } (expected: " + FORMS + ")");
            }
            parts.add(reference(value.substring(start + 2, end)));
            position = end + 1;
        }
        return new Template(List.copyOf(parts));
    }

    /** Whether it is the same at every reading: it refers to no file. */
    boolean fixed() {
        return parts.stream().noneMatch(part -> part.kind() == Kind.FILE);
    }

    /** Whether it is what was written: it refers to nothing. */
    boolean literal() {
        return parts.stream().allMatch(part -> part.kind() == Kind.LITERAL);
    }

    private static Part reference(String inner) {
        int colon = inner.indexOf(':');
        String name = inner.substring(colon + 1);
        Kind kind = switch (inner.substring(0, Math.max(colon, 0))) {
            case "env" -> Kind.ENV;
            case "file" -> Kind.FILE;
            case "sys" -> Kind.SYS;
            default -> Kind.LITERAL;
        };
        boolean named = kind == Kind.FILE ? isPath(name) : isVariable(name);
        if (kind == Kind.LITERAL || !named) {
            throw new IllegalArgumentException("a ${…} that is not understood (expected: " + FORMS + ")");
        }
        return new Part(kind, name);
    }

    // No nesting; and no defaults as in ${env:X:-y}, which other tools know and which may hold a secret.
    private static boolean isVariable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean known = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!known) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPath(String path) {
        return !path.isBlank() && !path.contains("${") && path.chars().noneMatch(Character::isISOControl);
    }
}
