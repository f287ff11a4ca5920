package dev.countersign.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.countersign.FuzzInput;
import dev.countersign.http.Cidr;
import dev.countersign.http.CidrList;
import dev.countersign.scheme.apikey.ApiKeyDigest;
import dev.countersign.scheme.apikey.ApiKeyFile;
import dev.countersign.scheme.apikey.ApiKeyRecord;
import dev.countersign.scheme.apikey.ApiKeyStore;
import dev.countersign.scheme.basic.BasicUserFile;
import dev.countersign.settings.PropertiesText;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

class StoreFilesFuzzTest {
    private static final ApiKeyDigest KNOWN = ApiKeyDigest.of("sk_live_known");
    private static final List<ApiKeyRecord.Status> STATUSES = List.of(ApiKeyRecord.Status.values());
    private static final List<String> PIECES = List.of(
            "key.one.sha256=" + KNOWN.hex() + "\n",
            "key.one.",
            "user.ann.",
            "user.ann.password={pbkdf2-sha256}1000$c2FsdHNhbHRzYWx0c2FsdA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n",
            KNOWN.hex(),
            "scopes",
            "roles",
            "expires=2030-01-01T00:00:00Z\n",
            "cidrs=192.0.2.0/24, 2001:db8::/32\n",
            "status=rotating\n");

    @FuzzTest
    void a_file_is_read_whole_or_refused_without_being_told(byte[] data) {
        FuzzInput input = new FuzzInput(data);
        switch (input.choose(3)) {
            case 0 -> keys(FuzzInput.planted(input.unicode(), PIECES));
            case 1 -> users(FuzzInput.planted(input.unicode(), PIECES));
            default -> record(input);
        }
    }

    private static void keys(String text) {
        Optional<ApiKeyStore> read = read(text, () -> ApiKeyFile.parse(text));
        Optional<ApiKeyRecord> known = read.flatMap(store -> store.find(KNOWN));
        known.ifPresent(record -> {
            // Found only where its digest was written down.
            assertThat(text.replace("\\", "").toLowerCase(Locale.ROOT))
                    .contains(KNOWN.hex().substring(0, 8));
            assertSameAfterWriting(record);
        });
        assertThat(read.flatMap(store -> store.find(ApiKeyDigest.of("")))).isEmpty();
    }

    private static void users(String text) {
        Optional<BasicUserFile> read = read(text, () -> BasicUserFile.parse(text));
        read.ifPresent(users -> {
            assertThat(users.find("")).isEmpty();
            assertThat(users.toString()).startsWith("BasicUserFile[");
            assertThat(users.warnings()).allSatisfy(FuzzInput::assertTellsNoSecret);
            users.find("ann").ifPresent(user -> {
                String hash = user.password().encoded();
                boolean elsewhere = (user.scopes() + " " + user.roles()).contains(hash);
                assertThat(user.toString().contains(hash)).isEqualTo(elsewhere);
            });
            assertThat(users.decoy().encoded()).isNotEmpty();
        });
    }

    private static <T> Optional<T> read(String text, Supplier<T> reading) {
        try {
            return Optional.of(FuzzInput.bounded(text.length(), 1 << 20, reading));
        } catch (IllegalArgumentException e) {
            if (!namesSecret(text)) {
                FuzzInput.assertTellsNoSecret(e.getMessage());
            }
            assertThat(e.getCause()).isNull();
            return Optional.empty();
        }
    }

    /** Whether the secret is part of a user's name, which is none, and is told. */
    private static boolean namesSecret(String text) {
        boolean[] named = new boolean[1];
        try {
            PropertiesText.scan(text, entry -> {
                int dot = entry.key().lastIndexOf('.');
                named[0] |= entry.key().startsWith("user.")
                        && entry.key().substring(0, dot).contains(FuzzInput.SECRET);
            });
        } catch (IllegalArgumentException e) {
            return named[0];
        }
        return named[0];
    }

    private static void record(FuzzInput input) {
        ApiKeyRecord.Status status = STATUSES.get(input.choose(STATUSES.size()));
        String id = input.line();
        Optional<Instant> expires = instant(input.line());
        Optional<CidrList> cidrs = Cidr.parse(input.line()).map(block -> new CidrList(List.of(block)));
        Optional<Set<String>> roles =
                Optional.of(input.line()).filter(role -> !role.isEmpty()).map(Set::of);
        Optional<Set<String>> scopes =
                Optional.of(input.line()).map(scope -> scope.isEmpty() ? Set.of() : Set.of(scope));
        String owner = input.unicode();
        ApiKeyRecord record;
        try {
            record = new ApiKeyRecord(id, KNOWN, Optional.of(owner), scopes, roles, expires, cidrs, status);
        } catch (IllegalArgumentException e) {
            return;
        }
        List<String> lines;
        try {
            lines = ApiKeyFile.format(record);
        } catch (IllegalArgumentException e) {
            FuzzInput.assertTellsNoSecret(e.getMessage());
            return;
        }
        assertThat(lines)
                .allSatisfy(line ->
                        assertThat(line).matches(shown -> shown.chars().allMatch(c -> c >= ' ' && c <= '~')));
        assertSameAfterWriting(record);
    }

    private static void assertSameAfterWriting(ApiKeyRecord record) {
        ApiKeyRecord read = ApiKeyFile.parse(String.join("\n", ApiKeyFile.format(record)))
                .find(KNOWN)
                .orElseThrow();
        assertThat(read).isEqualTo(record);
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
