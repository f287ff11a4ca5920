package dev.countersign.servlet.body;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One part of kept {@code multipart/form-data}. */
final class KeptPart implements Part {
    private static final String DISPOSITION = "content-disposition";

    private final KeptBytes kept;
    private final long start;
    private final long length;
    private final Map<String, List<String>> head;
    private final Path directory;
    private final String name;
    private final @Nullable String fileName;

    /** @param head the fields by their names in lower case */
    KeptPart(KeptBytes kept, long start, long length, Map<String, List<String>> head, Path directory)
            throws ServletException {
        this.kept = kept;
        this.start = start;
        this.length = length;
        this.head = head;
        this.directory = directory;
        List<String> dispositions = head.getOrDefault(DISPOSITION, List.of());
        String disposition = dispositions.size() == 1 ? dispositions.get(0) : "";
        Map<String, String> parameters = FieldParameters.of(disposition);
        String named = parameters.get("name");
        if (named == null || !isFormData(disposition)) {
            throw new ServletException("The content is no multipart/form-data: a part of it has no name");
        }
        this.name = named;
        this.fileName = parameters.get("filename");
    }

    private static boolean isFormData(String disposition) {
        return disposition
                .substring(0, disposition.indexOf(';'))
                .strip()
                .toLowerCase(Locale.ROOT)
                .equals("form-data");
    }

    /** The parts without a file name, which are parameters (Jakarta Servlet 3.2). */
    static Map<String, List<String>> fields(List<Part> parts, Charset charset) throws IOException {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        for (Part part : parts) {
            if (part instanceof KeptPart field && field.fileName == null) {
                fields.computeIfAbsent(field.name, any -> new ArrayList<>(1)).add(field.text(charset));
            }
        }
        return fields;
    }

    private String text(Charset fallback) throws IOException {
        Charset charset = fallback;
        String type = getContentType();
        if (type != null) {
            try {
                String own = FieldParameters.of(type).get("charset");
                charset = own == null ? fallback : Charset.forName(own);
            } catch (ServletException | IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new IOException("The charset of a part is not known", e);
            }
        }
        return new String(getInputStream().readAllBytes(), charset);
    }

    @Override
    public InputStream getInputStream() {
        return new RangeStream(kept, start, length);
    }

    @Override
    public @Nullable String getContentType() {
        return getHeader("content-type");
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public @Nullable String getSubmittedFileName() {
        return fileName;
    }

    @Override
    public long getSize() {
        return length;
    }

    /** Relative names lead to the directory of temporary files: where the servlet wants them is not known here. */
    @Override
    public void write(String target) throws IOException {
        try (InputStream in = getInputStream()) {
            Files.copy(in, directory.resolve(target), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** It goes with the request. */
    @Override
    public void delete() {}

    @Override
    public @Nullable String getHeader(String field) {
        List<String> values = head.get(field.toLowerCase(Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    @Override
    public Collection<String> getHeaders(String field) {
        return List.copyOf(head.getOrDefault(field.toLowerCase(Locale.ROOT), List.of()));
    }

    @Override
    public Collection<String> getHeaderNames() {
        return List.copyOf(head.keySet());
    }
}
