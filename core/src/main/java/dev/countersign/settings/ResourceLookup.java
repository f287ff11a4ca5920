package dev.countersign.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the files that settings name: in the web application, on disk, or wherever else they are kept. */
@FunctionalInterface
public interface ResourceLookup {
    /**
     * The resource at a path.
     *
     * @param path relative, with {@code /} between its parts, such as {@code WEB-INF/jwks.json}; a look-up on disk
     *     takes absolute paths too
     * @return empty if there is none
     * @throws IOException if it cannot be told
     */
    Optional<Resource> find(String path) throws IOException;

    /** Files on disk; relative paths start at {@code directory}, and the empty path is the working directory. */
    static ResourceLookup files(Path directory) {
        return new FileLookup(directory);
    }

    /** Finds nothing. */
    static ResourceLookup none() {
        return path -> Optional.empty();
    }

    /** A file that was found, as it is now. */
    interface Resource {
        /**
         * What changes when the content does, such as time of change and size: cheap, compared with {@code equals}.
         *
         * @return empty if that cannot be told; the content is then read and compared each time
         */
        Optional<Object> version();

        /** When the content was last changed, in milliseconds since 1970; 0 if that is not known. */
        long lastModified();

        /** The content, from its beginning. */
        InputStream open() throws IOException;
    }
}
