package dev.countersign.signature;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an {@code application/x-www-form-urlencoded} content as Twilio signs them: decoded, sorted by name and
 * then by value, equal ones once, each name directly followed by its value.
 *
 * <p>Nothing stands between them, so that a form {@code ab=c} gives the same bytes as a form {@code a=bc}: Twilio's choice.
 */
public final class SortedForm {
    /** The most parameters of a form. */
    public static final int MOST_PARAMETERS = 1000;

    private static final Comparator<Parameter> ORDER = Comparator.comparing(
                    (Parameter parameter) -> parameter.name, Arrays::compareUnsigned)
            .thenComparing(parameter -> parameter.value, Arrays::compareUnsigned);

    private static final class Parameter {
        private final byte[] name;
        private final byte[] value;

        Parameter(byte[] name, byte[] value) {
            this.name = name;
            this.value = value;
        }
    }

    private SortedForm() {}

    /**
     * The bytes that are signed of a form.
     *
     * @return null if it is no form: an escape that is none, or more than {@value #MOST_PARAMETERS} parameters
     */
    public static byte @Nullable [] of(byte[] content) {
        List<Parameter> parameters = new ArrayList<>();
        int start = 0;
        while (start < content.length) {
            int end = indexOf(content, '&', start, content.length);
            if (end > start) {
                int equals = indexOf(content, '=', start, end);
                byte[] name = decode(content, start, equals);
                byte[] value = decode(content, Math.min(equals + 1, end), end);
                if (name == null || value == null || parameters.size() == MOST_PARAMETERS) {
                    return null;
                }
                parameters.add(new Parameter(name, value));
            }
            start = end + 1;
        }
        parameters.sort(ORDER);
        ByteArrayOutputStream sorted = new ByteArrayOutputStream(content.length);
        Parameter last = null;
        for (Parameter parameter : parameters) {
            if (last == null || ORDER.compare(last, parameter) != 0) {
                sorted.writeBytes(parameter.name);
                sorted.writeBytes(parameter.value);
            }
            last = parameter;
        }
        return sorted.toByteArray();
    }

    /** Where a byte stands first; {@code end} if nowhere. */
    private static int indexOf(byte[] bytes, char wanted, int start, int end) {
        int i = start;
        while (i < end && bytes[i] != wanted) {
            i++;
        }
        return i;
    }

    private static byte @Nullable [] decode(byte[] content, int start, int end) {
        byte[] decoded = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; i++) {
            byte b = content[i];
            if (b == '%') {
                int high = i + 2 < end ? Character.digit(content[i + 1], 16) : -1;
                int low = i + 2 < end ? Character.digit(content[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                b = (byte) (high << 4 | low);
                i += 2;
            } else if (b == '+') {
                b = ' ';
            }
            decoded[length++] = b;
        }
        return Arrays.copyOf(decoded, length);
    }
}
