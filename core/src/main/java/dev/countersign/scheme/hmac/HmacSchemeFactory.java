package dev.countersign.scheme.hmac;

import dev.countersign.AuthenticationScheme;
import dev.countersign.http.FieldValue;
import dev.countersign.jose.KeySet;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import dev.countersign.signature.Component;
import dev.countersign.signature.SignatureAlgorithm;
import dev.countersign.signature.SignatureInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes an {@link HmacScheme} of these keys: {@code profile}, {@code realm}, {@code window}, {@code replay}, {@code
 * debug-canonical} and {@code secrets.<key-id>} with {@code owner}, {@code scopes} and {@code roles} behind it; for the
 * profile {@code sigv4} also {@code region}, {@code service}, {@code presigned}, {@code unsigned-payload} and {@code
 * aws-errors}; for {@code rfc9421} also {@code components}, {@code tag} and {@code keys}.
 */
public final class HmacSchemeFactory implements SchemeFactory {
    private static final String GENERIC = "generic";
    private static final String SIGV4 = "sigv4";
    private static final String RFC9421 = "rfc9421";
    private static final Set<String> PROFILES = Set.of(GENERIC, SIGV4, RFC9421);
    private static final String PROFILE_RULE = "generic, sigv4 or rfc9421";

    /** The keys that one profile alone has. */
    private static final Map<String, String> OWN_KEYS = new TreeMap<>(Map.of(
            "region", SIGV4,
            "service", SIGV4,
            "presigned", SIGV4,
            "unsigned-payload", SIGV4,
            "aws-errors", SIGV4,
            "components", RFC9421,
            "tag", RFC9421,
            "keys", RFC9421));

    private static final Duration DEFAULT_WINDOW = Duration.ofMinutes(5);
    private static final Duration MIN_WINDOW = Duration.ofSeconds(1);
    private static final Duration MAX_WINDOW = Duration.ofHours(1);

    /** What all profiles have. */
    private record Common(String realm, Duration window, ReplayPolicy replay, boolean debugCanonical) {}

    /** For {@link java.util.ServiceLoader}. */
    public HmacSchemeFactory() {}

    @Override
    public String type() {
        return HmacScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String profile = section.requiredText("profile", PROFILE_RULE);
        Common common = new Common(
                section.text("realm", context.realm()),
                section.duration("window", DEFAULT_WINDOW, MIN_WINDOW, MAX_WINDOW),
                // Two equal requests of one second have one signature in the form of AWS, which knows no nonce.
                section.choice(
                        "replay", ReplayPolicy.class, profile.equals(SIGV4) ? ReplayPolicy.OFF : ReplayPolicy.REFUSE),
                section.flag("debug-canonical", false));
        Optional<HmacKeys> secrets = new HmacKeyReader(name, section).read(!profile.equals(RFC9421));
        if (!PROFILES.contains(profile)) {
            if (!profile.isEmpty()) {
                section.problem("profile", section.shown("profile", profile) + " (expected: " + PROFILE_RULE + ")");
            }
            section.ignoreRest();
            return Optional.empty();
        }
        refuseKeysOfOthers(profile, section);
        Replays replays = new Replays(context.state(), name);
        Optional<SignatureProfile> made = switch (profile) {
            case SIGV4 -> sigV4(common, section, secrets, replays, context);
            case RFC9421 -> rfc9421(name, common, section, secrets, replays, context);
            default -> generic(common, secrets, replays, context);
        };
        return made.map(found -> new HmacScheme(name, found));
    }

    private static void refuseKeysOfOthers(String profile, Section section) {
        OWN_KEYS.forEach((key, owner) -> {
            if (!owner.equals(profile) && section.text(key).isPresent()) {
                section.problem(key, "only for profile " + owner + " (expected: leave it out)");
            }
        });
    }

    private static Optional<SignatureProfile> generic(
            Common common, Optional<HmacKeys> secrets, Replays replays, SchemeContext context) {
        GenericSettings settings =
                new GenericSettings(common.realm(), common.window(), common.replay(), common.debugCanonical());
        return secrets.map(keys -> new GenericProfile(settings, keys, replays, context));
    }

    private static Optional<SignatureProfile> sigV4(
            Common common, Section section, Optional<HmacKeys> secrets, Replays replays, SchemeContext context) {
        String region = section.requiredText("region", "the region that clients sign for, such as us-east-1");
        String service = section.requiredText("service", "the service that clients sign for, such as execute-api");
        boolean presigned = section.flag("presigned", false);
        boolean unsignedPayload = section.flag("unsigned-payload", false);
        boolean awsErrors = section.flag("aws-errors", false);
        // Both stand between slashes in what is signed.
        boolean good = isToken(section, "region", region);
        good &= isToken(section, "service", service);
        if (!good || secrets.isEmpty()) {
            return Optional.empty();
        }
        SigV4Settings settings = new SigV4Settings(
                common.realm(),
                region,
                service,
                common.window(),
                common.replay(),
                presigned,
                unsignedPayload,
                awsErrors,
                common.debugCanonical());
        return Optional.of(new SigV4Profile(settings, secrets.get(), replays, context));
    }

    private static boolean isToken(Section section, String name, String value) {
        boolean token = FieldValue.isToken(value);
        if (!token && !value.isEmpty()) {
            section.problem(name, section.shown(name, value) + " (expected: letters, digits and dashes)");
        }
        return token;
    }

    private static Optional<SignatureProfile> rfc9421(
            String name,
            Common common,
            Section section,
            Optional<HmacKeys> secrets,
            Replays replays,
            SchemeContext context) {
        Optional<List<Component>> components = components(section);
        Optional<String> tag = section.text("tag");
        Optional<Reloadable<KeySet>> keys = keys(section);
        boolean good = secrets.isPresent() && components.isPresent();
        if (tag.isPresent() && !FieldValue.isVisibleAscii(tag.get())) {
            section.problem("tag", "not a tag (expected: visible ASCII characters)");
            good = false;
        }
        boolean wanted = section.text("keys").isPresent();
        if (wanted && keys.isEmpty()) {
            good = false;
        }
        if (secrets.isPresent() && secrets.get().isEmpty() && !wanted && keys.isEmpty()) {
            section.problem("secrets.<key-id>", "not set (expected: a secret, or keys: public keys of clients)");
            good = false;
        }
        if (!good) {
            return Optional.empty();
        }
        Set<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
            if (algorithm.isHmac() ? !secrets.get().isEmpty() : keys.isPresent()) {
                algorithms.add(algorithm);
            }
        }
        Rfc9421Settings settings = new Rfc9421Settings(
                common.realm(),
                common.window(),
                components.get(),
                tag,
                common.replay(),
                false,
                algorithms,
                common.debugCanonical());
        List<Component> leftOut = settings.leftOut();
        if (!leftOut.isEmpty()) {
            section.warning(
                    "components",
                    "requests need not sign "
                            + leftOut.stream().map(Component::name).collect(Collectors.joining(", "))
                            + ": an application must not trust what nobody signed");
        }
        return Optional.of(new Rfc9421Profile(name, settings, secrets.get(), keys.orElse(null), replays, context));
    }

    /** What has to be covered; empty for the profile's own minimum, and no list with a problem. */
    private static Optional<List<Component>> components(Section section) {
        List<Component> components = new ArrayList<>();
        boolean good = true;
        for (String text : section.list("components", List.of())) {
            try {
                Component component = Component.of(text);
                components.add(component);
                if (!component.canBeOfRequest()) {
                    section.problem(
                            "components", section.shown("components", text) + " (expected: what a request can cover)");
                    good = false;
                }
            } catch (IllegalArgumentException e) {
                // Without its message, which repeats what a reference may have brought in.
                section.problem(
                        "components",
                        section.shown("components", text)
                                + " (expected: fields in lower case, and derived components such as @method)");
                good = false;
            }
        }
        if (!SignatureInput.fits(components)) {
            section.problem(
                    "components", "too many, or one twice (expected: at most 64, and 8 with ;key or ;sf, each once)");
            good = false;
        }
        return good ? Optional.of(components) : Optional.empty();
    }

    private static Optional<Reloadable<KeySet>> keys(Section section) {
        Set<SignatureAlgorithm> all = EnumSet.allOf(SignatureAlgorithm.class);
        Optional<Reloadable<KeySet>> keys =
                section.values("keys", values -> KeySet.parse(values, Rfc9421Settings.publicKeyAlgorithms(all)));
        keys.ifPresent(set -> set.current().ignored().forEach(left -> section.warning("keys", "left out " + left)));
        return keys;
    }
}
