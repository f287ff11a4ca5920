package dev.countersign.scheme.basic;

import dev.countersign.AuthenticationScheme;
import dev.countersign.password.PasswordHash;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes a {@link BasicScheme} of these keys: {@code realm}, {@code verified-cache} and {@code users}, which is {@code
 * file:<path>} ({@link BasicUserFile}) and read again when the file changes.
 */
public final class BasicSchemeFactory implements SchemeFactory {
    /** For {@link java.util.ServiceLoader}. */
    public BasicSchemeFactory() {}

    @Override
    public String type() {
        return BasicScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String realm = section.text("realm", context.realm());
        Duration verifiedCache = section.duration(
                "verified-cache",
                BasicSettings.DEFAULT_VERIFIED_CACHE,
                Duration.ZERO,
                BasicSettings.MAX_VERIFIED_CACHE);
        boolean named =
                !section.requiredText("users", "file:<path> of a file of users").isEmpty();
        Optional<Reloadable<BasicUserFile>> file =
                named ? section.file("users", BasicUserFile::parse) : Optional.empty();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Reloadable<BasicUserFile> users = file.get();
        users.current().warnings().forEach(warning -> section.warning("users", warning));
        return Optional.of(new BasicScheme(
                name,
                new BasicSettings(realm, verifiedCache, context.headersMax()),
                new ReloadingStore(users),
                context.clock(),
                context.hashing()));
    }

    /** The file as it is now. */
    private record ReloadingStore(Reloadable<BasicUserFile> users) implements BasicStore {
        @Override
        public Optional<BasicUser> find(String name) {
            return users.current().find(name);
        }

        @Override
        public PasswordHash decoy() {
            return users.current().decoy();
        }
    }
}
