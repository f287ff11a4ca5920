package dev.countersign.it.app;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Section;
import java.util.Optional;

/** A user's own type of scheme. */
public final class FragileSchemeFactory implements SchemeFactory {
    /** For {@link java.util.ServiceLoader}. */
    public FragileSchemeFactory() {}

    @Override
    public String type() {
        return FragileScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        return Optional.of(new FragileScheme(name, section.text("realm", context.realm())));
    }
}
