package dev.countersign.it.wars.signed;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Section;
import java.util.Optional;

/** Makes a {@link DigestScheme}. */
public final class DigestSchemeFactory implements SchemeFactory {
    /** For {@link java.util.ServiceLoader}. */
    public DigestSchemeFactory() {}

    @Override
    public String type() {
        return DigestScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        return Optional.of(new DigestScheme(name, section.text("realm", context.realm())));
    }
}
