package dev.countersign.scheme.apikey;

import dev.countersign.AuthenticationScheme;
import dev.countersign.scheme.SchemeContext;
import dev.countersign.scheme.SchemeFactory;
import dev.countersign.settings.Reloadable;
import dev.countersign.settings.Section;
import java.util.List;
import java.util.Optional;

/**
 * Makes an {@link ApiKeyScheme} of these keys: {@code realm}, {@code header}, {@code bearer}, {@code prefixes}, {@code
 * checksum}, {@code bytes} and {@code store}, which is {@code file:<path>} ({@link ApiKeyFile}) and read again when the
 * file changes.
 */
public final class ApiKeySchemeFactory implements SchemeFactory {
    /** For {@link java.util.ServiceLoader}. */
    public ApiKeySchemeFactory() {}

    @Override
    public String type() {
        return ApiKeyScheme.TYPE;
    }

    @Override
    public Optional<AuthenticationScheme> create(String name, Section section, SchemeContext context) {
        String realm = section.text("realm", context.realm());
        String header = section.text("header", ApiKeySettings.DEFAULT_HEADER);
        boolean bearer = section.flag("bearer", false);
        boolean checksum = section.flag("checksum", true);
        List<String> prefixes = section.list("prefixes", List.of());
        int bytes = section.number("bytes", KeyFormat.DEFAULT_BYTES, KeyFormat.MIN_BYTES, KeyFormat.MAX_BYTES);
        boolean stored =
                !section.requiredText("store", "file:<path> of a file of keys").isEmpty();
        Optional<Reloadable<ApiKeyStore>> file = stored ? section.file("store", ApiKeyFile::parse) : Optional.empty();

        boolean good = file.isPresent();
        if (!ApiKeySettings.isKeyHeader(header)) {
            section.problem("header", ApiKeySettings.HEADER_RULE);
            good = false;
        }
        if (prefixes.isEmpty() && (checksum || bearer)) {
            section.problem("prefixes", ApiKeySettings.PREFIXES_NEEDED);
            good = false;
        }
        if (!prefixes.stream().allMatch(KeyFormat::isPrefix)) {
            section.problem("prefixes", ApiKeySettings.PREFIX_RULE);
            good = false;
        }
        if (ApiKeySettings.overlap(prefixes)) {
            section.problem("prefixes", ApiKeySettings.PREFIX_OVERLAP);
            good = false;
        }
        if (!good) {
            return Optional.empty();
        }
        Reloadable<ApiKeyStore> store = file.get();
        return Optional.of(new ApiKeyScheme(
                name,
                new ApiKeySettings(realm, header, bearer, prefixes, checksum, bytes, context.headersMax()),
                digest -> store.current().find(digest),
                context.clock()));
    }
}
