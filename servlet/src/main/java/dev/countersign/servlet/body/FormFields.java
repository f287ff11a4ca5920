package dev.countersign.servlet.body;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code application/x-www-form-urlencoded} as the URL standard of the WHATWG does, which never fails: what is no
 * encoded byte stands for itself.
 */
final class FormFields {
    /** More than what any server takes by default. */
    static final int MAX = 10_000;

    private final InputStream in;
    private final Charset charset;
    private final boolean strict;
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream token = new ByteArrayOutputStream();
    private int count;
    private boolean sound = true;

    private FormFields(InputStream in, Charset charset, boolean strict) {
        this.in = in;
        this.charset = charset;
        this.strict = strict;
    }

    /**
     * The fields in their order.
     *
     * @throws IllegalStateException if there are more than {@link #MAX}
     */
    static Map<String, List<String>> parse(InputStream in, Charset charset) throws IOException {
        return new FormFields(new BufferedInputStream(in), charset, false).read();
    }

    /** Whether there are parameters that the query does not account for, so that they came from elsewhere. */
    static boolean hasMore(Map<String, String[]> parameters, @Nullable String query) {
        if (parameters.isEmpty()) {
            return false;
        }
        Map<String, List<String>> known;
        try {
            byte[] bytes = (query == null ? "" : query).getBytes(UTF_8);
            // What a server may leave out is not counted.
            known = new FormFields(new ByteArrayInputStream(bytes), UTF_8, true).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            List<String> values = known.get(parameter.getKey());
            if (values == null || values.size() < parameter.getValue().length) {
                return true;
            }
        }
        return false;
    }

    private Map<String, List<String>> read() throws IOException {
        String name = null;
        for (int next = in.read(); ; next = in.read()) {
            if (next == '=' && name == null) {
                name = text();
            } else if (next == '&' || next < 0) {
                end(name);
                name = null;
                if (next < 0) {
                    return fields;
                }
            } else if (next == '+') {
                token.write(' ');
            } else if (next == '%') {
                encoded();
            } else {
                token.write(next);
            }
        }
    }

    private void end(@Nullable String name) {
        String last = text();
        String key = name == null ? last : name;
        if (!key.isEmpty() && (sound || !strict)) {
            if (++count > MAX) {
                throw new IllegalStateException("The content has more than " + MAX + " fields");
            }
            fields.computeIfAbsent(key, any -> new ArrayList<>(1)).add(name == null ? "" : last);
        }
        sound = true;
    }

    private String text() {
        byte[] bytes = token.toByteArray();
        token.reset();
        if (strict) {
            try {
                return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            } catch (CharacterCodingException e) {
                sound = false;
            }
        }
        return new String(bytes, charset);
    }

    private void encoded() throws IOException {
        in.mark(2);
        int high = Character.digit(in.read(), 16);
        int low = high < 0 ? -1 : Character.digit(in.read(), 16);
        if (low < 0) {
            in.reset();
            token.write('%');
            sound = false;
            return;
        }
        token.write(high << 4 | low);
    }
}
