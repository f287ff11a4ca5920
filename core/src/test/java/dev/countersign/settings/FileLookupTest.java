package dev.countersign.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLookupTest {
    @TempDir
    Path directory;

    @Test
    void finds_a_file() throws IOException {
        Files.writeString(directory.resolve("here.txt"), "x");
        assertThat(ResourceLookup.files(directory).find("here.txt")).isPresent();
        assertThat(ResourceLookup.files(directory).find("missing.txt")).isEmpty();
        assertThat(ResourceLookup.files(directory).find("missing/too.txt")).isEmpty();
    }

    /** Open Liberty names a path inside of the packed WAR as the real one. */
    @Test
    void finds_nothing_inside_of_a_file() throws IOException {
        Files.writeString(directory.resolve("app.war"), "packed");
        ResourceLookup files = ResourceLookup.files(directory);
        assertThat(files.find("app.war/countersign.properties")).isEmpty();
        assertThat(files.find("app.war/WEB-INF/countersign.properties")).isEmpty();
    }

    @Test
    void a_directory_is_no_file() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        assertThatThrownBy(() -> ResourceLookup.files(directory).find("folder")).isInstanceOf(IOException.class);
    }
}
