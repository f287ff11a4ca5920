package dev.countersign.scheme.hmac;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes an {@link HmacScheme} of these keys: {@code profile}, {@code realm}, {@code window}, {@code replay}, {@code
 * debug-canonical} and {@code secrets.<key-id>} with {@code owner}, {@code scopes} and {@code roles} behind it.
 */
public final class HmacSchemeFactory implements SchemeFactory {
    private static final String GENERIC = "generic";
    private static final String PROFILES = GENERIC;

    private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);
    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofHours(1);

    /** For {@link java.util.ServiceLoader}. */
    public HmacSchemeFactory() {}

    @Override
    public String type() {
        return HmacScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String realm = section.text("realm", context.realm());
        Duration window = section.duration("window", DEFAULT_WINDOW, MIN_WINDOW, MAX_WINDOW);
        ReplayPolicy replay = section.choice("replay", ReplayPolicy.class, ReplayPolicy.REFUSE);
        boolean debugCanonical = section.flag("debug-canonical", false);
        String profile = section.requiredText("profile", PROFILES);
        Optional<HmacKeys> keys = new HmacKeyReader(name, section).read(true);
        if (!profile.equals(GENERIC)) {
            if (!profile.isEmpty()) {
                section.problem("profile", section.shown("profile", profile) + " (expected: " + PROFILES + ")");
            }
            section.ignoreRest();
            return Optional.empty();
        }
        GenericSettings settings = new GenericSettings(realm, window, replay, debugCanonical);
        Replays replays = new Replays(context.state(), name);
        return keys.map(known -> new HmacScheme(name, new GenericProfile(settings, known, replays, context)));
    }
}
