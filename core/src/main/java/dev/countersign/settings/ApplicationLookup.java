package dev.countersign.settings;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** Relative paths in the web application first, then on disk; absolute ones on disk. */
record ApplicationLookup(ResourceLookup application, ResourceLookup disk) implements ResourceLookup {
    @Override
    public Optional<Resource> find(String path) throws IOException {
        Optional<Resource> found = inApplication(path);
        return found.isPresent() ? found : disk.find(path);
    }

    /** Whether it lies in the web application where containers serve it as a static file. */
    boolean servedToClients(String path) {
        try {
            return inApplication(path).isPresent() && !isPrivate(relative(path));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private Optional<Resource> inApplication(String path) throws IOException {
        String relative = relative(path);
        return relative.startsWith("/") ? Optional.empty() : application.find(relative);
    }

    // Servlets write their own paths with a slash first; no disk has such a directory at its root.
    private static String relative(String path) {
        return path.startsWith("/WEB-INF/") ? path.substring(1) : path.startsWith("./") ? path.substring(2) : path;
    }

    private static boolean isPrivate(String relative) {
        return (relative.startsWith("WEB-INF/") || relative.startsWith("META-INF/"))
                && !Arrays.asList(relative.split("/", -1)).contains("..");
    }
}
