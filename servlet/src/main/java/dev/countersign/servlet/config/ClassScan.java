package dev.countersign.servlet.config;

import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the resource classes in {@code WEB-INF/classes} by the name of {@code @Path} in their constants. A container
 * finds classes for an initializer only by annotations that are there, and fails the deployment over those that are not;
 * so it is asked for ours, and this class for JAX-RS's.
 */
public final class ClassScan {
    private static final Logger LOG = LoggerFactory.getLogger(ClassScan.class);
    private static final String ROOT = "/WEB-INF/classes/";
    private static final String SUFFIX = ".class";
    private static final byte[] PATH = "Ljakarta/ws/rs/Path;".getBytes(StandardCharsets.US_ASCII);

    private ClassScan() {}

    /** The classes that mention {@code @Path}; what cannot be read or loaded is left out, and the log tells. */
    public static Set<Class<?>> resourceClasses(ServletContext context) {
        Set<Class<?>> found = new LinkedHashSet<>();
        visit(context, ROOT, found);
        return found;
    }

    private static void visit(ServletContext context, String folder, Set<Class<?>> found) {
        Set<String> paths = context.getResourcePaths(folder);
        if (paths == null) {
            return;
        }
        for (String path : paths) {
            if (path.endsWith("/")) {
                visit(context, path, found);
            } else if (path.endsWith(SUFFIX) && mentionsPath(context, path)) {
                load(context, path, found);
            }
        }
    }

    private static boolean mentionsPath(ServletContext context, String path) {
        try (InputStream stream = context.getResourceAsStream(path)) {
            return stream != null && contains(stream.readAllBytes(), PATH);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", path, e.toString());
            return false;
        }
    }

    private static void load(ServletContext context, String path, Set<Class<?>> found) {
        String name =
                path.substring(ROOT.length(), path.length() - SUFFIX.length()).replace('/', '.');
        try {
            found.add(Class.forName(name, false, loader(context)));
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.warn("{} cannot be loaded, so its rules are not in the security map: {}", name, e.toString());
        }
    }

    /** The class loader of an application; a server that is embedded may have none of its own. */
    public static ClassLoader loader(ServletContext context) {
        ClassLoader own = context.getClassLoader();
        if (own == null) {
            own = Thread.currentThread().getContextClassLoader();
        }
        return own == null ? ClassScan.class.getClassLoader() : own;
    }

    private static boolean contains(byte[] bytes, byte[] wanted) {
        outer:
        for (int i = 0; i <= bytes.length - wanted.length; i++) {
            for (int j = 0; j < wanted.length; j++) {
                if (bytes[i + j] != wanted[j]) {
                    continue outer;
                }
            }
            return true;
        }
        return false;
    }
}
