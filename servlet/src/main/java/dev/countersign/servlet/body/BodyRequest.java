package dev.countersign.servlet.body;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request whose content may have been read for a signature: it is there all the same, in every form of the servlet API. */
public abstract class BodyRequest extends HttpServletRequestWrapper {

    /** A wrapper of this request. */
    protected BodyRequest(HttpServletRequest request) {
        super(request);
    }

    /** The content, or null if it is the container's alone, or another wrapper below this one has it. */
    protected abstract @Nullable RequestBody body();

    @Override
    public ServletInputStream getInputStream() throws IOException {
        RequestBody body = body();
        return body == null || body.isContainers() ? super.getInputStream() : body.stream();
    }

    @Override
    public BufferedReader getReader() throws IOException {
        RequestBody body = body();
        return body == null || body.isContainers() ? super.getReader() : body.reader(getCharacterEncoding());
    }

    @Override
    public Collection<Part> getParts() throws IOException, ServletException {
        RequestBody body = body();
        return body == null || !body.holdsParts() ? super.getParts() : body.parts();
    }

    @Override
    public @Nullable Part getPart(String name) throws IOException, ServletException {
        RequestBody body = body();
        if (body == null || !body.holdsParts()) {
            return super.getPart(name);
        }
        for (Part part : body.parts()) {
            if (part.getName().equals(name)) {
                return part;
            }
        }
        return null;
    }

    /** What the content adds to the parameters that the container has from the query. */
    private Map<String, List<String>> fields() {
        RequestBody body = body();
        return body == null ? Map.of() : body.fields();
    }

    @Override
    public @Nullable String getParameter(String name) {
        Map<String, List<String>> fields = fields();
        String inQuery = super.getParameter(name);
        if (inQuery != null || !fields.containsKey(name)) {
            return inQuery;
        }
        return fields.get(name).get(0);
    }

    /** Jakarta Servlet 3.1: what the query has stands before what the content has. */
    @Override
    public String @Nullable [] getParameterValues(String name) {
        Map<String, List<String>> fields = fields();
        String[] inQuery = super.getParameterValues(name);
        List<String> inContent = fields.get(name);
        return inContent == null ? inQuery : joined(inQuery, inContent);
    }

    @Override
    public Enumeration<String> getParameterNames() {
        Map<String, List<String>> fields = fields();
        if (fields.isEmpty()) {
            return super.getParameterNames();
        }
        Set<String> names = new LinkedHashSet<>(Collections.list(super.getParameterNames()));
        names.addAll(fields.keySet());
        return Collections.enumeration(names);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
        Map<String, List<String>> fields = fields();
        Map<String, String[]> inQuery = super.getParameterMap();
        if (fields.isEmpty()) {
            return inQuery;
        }
        Map<String, String[]> all = new LinkedHashMap<>(inQuery);
        fields.forEach((name, values) -> all.put(name, joined(inQuery.get(name), values)));
        return Collections.unmodifiableMap(all);
    }

    private static String[] joined(String @Nullable [] first, List<String> second) {
        int start = first == null ? 0 : first.length;
        String[] all = new String[start + second.size()];
        if (first != null) {
            System.arraycopy(first, 0, all, 0, start);
        }
        for (int i = 0; i < second.size(); i++) {
            all[start + i] = second.get(i);
        }
        return all;
    }
}
