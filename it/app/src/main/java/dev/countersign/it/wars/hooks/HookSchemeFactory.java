package dev.countersign.it.wars.hooks;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Section;
import java.util.Optional;

/** A user's own type of webhook. */
public final class HookSchemeFactory implements SchemeFactory {
    static final String TYPE = "own-hook";

    /** For {@link java.util.ServiceLoader}. */
    public HookSchemeFactory() {}

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        return Optional.of(new HookScheme(name, section.text("realm", context.realm())));
    }
}
