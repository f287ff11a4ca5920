package dev.countersign.servlet.config;

import dev.countersign.settings.ResourceLookup;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the files that settings name in the web application first, then in the working directory. In a web application
 * that is unpacked, files are read from disk, so that a change is seen; in a packed one they cannot change.
 */
public final class WarResources implements ResourceLookup {
    private final ServletContext context;
    private final ResourceLookup disk = ResourceLookup.files(Path.of(""));

    /** @param context the web application */
    public WarResources(ServletContext context) {
        this.context = context;
    }

    @Override
    public Optional<Resource> find(String path) throws IOException {
        if (Path.of(path).isAbsolute()) {
            return disk.find(path);
        }
        String inside = path.startsWith("/") ? path : "/" + path;
        String real = context.getRealPath(inside);
        if (real != null) {
            Optional<Resource> unpacked =
                    disk.find(Path.of(real).toAbsolutePath().toString());
            if (unpacked.isPresent()) {
                return unpacked;
            }
        }
        if (context.getResource(inside) != null) {
            return Optional.of(new Packed(inside));
        }
        return disk.find(path);
    }

    /** A file inside a packed web application. */
    private final class Packed implements Resource {
        private final String path;

        Packed(String path) {
            this.path = path;
        }

        @Override
        public Optional<Object> version() {
            return Optional.of(path);
        }

        @Override
        public long lastModified() {
            try {
                URL url = context.getResource(path);
                if (url == null) {
                    return 0;
                }
                URLConnection connection = url.openConnection();
                connection.setUseCaches(false);
                long modified = connection.getLastModified();
                connection.getInputStream().close();
                return modified;
            } catch (IOException e) {
                return 0;
            }
        }

        @Override
        public InputStream open() throws IOException {
            InputStream stream = context.getResourceAsStream(path);
            if (stream == null) {
                throw new FileNotFoundException(path);
            }
            return stream;
        }
    }
}
