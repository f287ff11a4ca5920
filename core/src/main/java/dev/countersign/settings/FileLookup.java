package dev.countersign.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Files on disk. */
final class FileLookup implements ResourceLookup {
    private final Path directory;

    FileLookup(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<Resource> find(String path) throws IOException {
        Path file;
        try {
            file = directory.resolve(path);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (leadsThroughFile(file)) {
                return Optional.empty();
            }
            throw e;
        }
        if (attributes.isDirectory()) {
            throw new DirectoryException();
        }
        Version version =
                new Version(attributes.lastModifiedTime(), changeTime(file), attributes.size(), attributes.fileKey());
        return Optional.of(new FileResource(file, version));
    }

    /** Whether a part of the path is a file: so are the "real" paths that some servers give inside of a packed WAR. */
    private static boolean leadsThroughFile(Path file) {
        for (Path parent = file.getParent(); parent != null; parent = parent.getParent()) {
            if (Files.exists(parent)) {
                return !Files.isDirectory(parent);
            }
        }
        return false;
    }

    // Unlike the time of modification this one cannot be set back by a copy that keeps times.
    private static @Nullable Object changeTime(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? Files.getAttribute(file, "unix:ctime")
                : null;
    }

    /** A directory where a file was expected. */
    static final class DirectoryException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private record Version(
            FileTime modified,
            @Nullable Object changed,
            long size,
            @Nullable Object fileKey) {}

    private record FileResource(Path file, Version stamp) implements Resource {
        @Override
        public Optional<Object> version() {
            return Optional.of(stamp);
        }

        @Override
        public long lastModified() {
            return stamp.modified().toMillis();
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
