package dev.countersign.servlet.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * What {@code web.xml} declares of filters and servlets, because the servlet API tells neither the dispatchers of a
 * mapping, nor whether a filter supports async, nor the order. Nothing outside the file is read.
 */
public final class WebXml {
    private static final List<String> DISPATCHERS = List.of("REQUEST", "FORWARD", "INCLUDE", "ERROR", "ASYNC");

    private final List<Declared> filters;
    private final List<Mapping> mappings;
    private final Set<String> eager;

    private record Declared(String name, String className, boolean asyncSupported) {}

    private record Mapping(String filter, List<String> patterns, Set<String> dispatchers) {}

    private WebXml(List<Declared> filters, List<Mapping> mappings, Set<String> eager) {
        this.filters = filters;
        this.mappings = mappings;
        this.eager = eager;
    }

    /** What a web application without the file declares. */
    public static WebXml none() {
        return new WebXml(List.of(), List.of(), Set.of());
    }

    /**
     * Reads the file.
     *
     * @throws IOException if it is not XML
     */
    public static WebXml read(InputStream file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setNamespaceAware(true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // Old descriptors name a DTD: it is not fetched.
            builder.setEntityResolver((publicId, systemId) -> new InputSource(new StringReader("")));
            builder.setErrorHandler(null);
            return of(builder.parse(file));
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException("WEB-INF/web.xml cannot be read", e);
        }
    }

    private static WebXml of(Document document) {
        List<Declared> filters = new ArrayList<>();
        List<Mapping> mappings = new ArrayList<>();
        Set<String> eager = new HashSet<>();
        for (Element element : children(document.getDocumentElement())) {
            switch (element.getLocalName()) {
                case "filter" ->
                    filters.add(new Declared(
                            text(element, "filter-name").orElse(""),
                            text(element, "filter-class").orElse(""),
                            text(element, "async-supported").orElse("false").equals("true")));
                case "filter-mapping" -> {
                    Set<String> dispatchers = new LinkedHashSet<>(texts(element, "dispatcher"));
                    mappings.add(new Mapping(
                            text(element, "filter-name").orElse(""),
                            texts(element, "url-pattern"),
                            dispatchers.isEmpty() ? Set.of("REQUEST") : dispatchers));
                }
                case "servlet" -> {
                    if (text(element, "load-on-startup").isPresent()) {
                        text(element, "servlet-name").ifPresent(eager::add);
                    }
                }
                default -> {
                    // Nothing else matters here.
                }
            }
        }
        return new WebXml(filters, mappings, eager);
    }

    /** Whether a filter of this name is declared here. */
    public boolean declaresFilter(String name) {
        return filters.stream().anyMatch(filter -> filter.name().equals(name));
    }

    /** The url-patterns that a filter of this name is mapped to here; empty if it is to none. */
    public Set<String> filterPatterns(String name) {
        Set<String> patterns = new LinkedHashSet<>();
        for (Mapping mapping : mappings) {
            if (mapping.filter().equals(name)) {
                patterns.addAll(mapping.patterns());
            }
        }
        return patterns;
    }

    /** Whether this servlet says itself when it is loaded. */
    public boolean declaresLoadOnStartup(String servlet) {
        return eager.contains(servlet);
    }

    /**
     * What is wrong with the declaration of the filter of this name: it must be async-supported, its mapping the first
     * one, to {@code /*}, with all five dispatchers (SPEC section 9). Several mappings to {@code /*} count together.
     */
    public List<String> filterProblems(String name) {
        List<String> problems = new ArrayList<>();
        String where = "WEB-INF/web.xml, filter " + name;
        for (Declared filter : filters) {
            if (filter.name().equals(name) && !filter.asyncSupported()) {
                problems.add(
                        where + ": async-supported is missing (expected: <async-supported>true</async-supported>)");
            }
        }
        Set<String> dispatchers = new LinkedHashSet<>();
        Set<String> patterns = filterPatterns(name);
        for (Mapping mapping : mappings) {
            if (mapping.filter().equals(name) && mapping.patterns().contains("/*")) {
                dispatchers.addAll(mapping.dispatchers());
            }
        }
        if (!patterns.contains("/*")) {
            problems.add(where + ": mapped to " + (patterns.isEmpty() ? "no url-pattern" : String.join(", ", patterns))
                    + " (expected: /*)");
        } else {
            Set<String> missing = new LinkedHashSet<>(DISPATCHERS);
            missing.removeAll(dispatchers);
            if (!missing.isEmpty()) {
                problems.add(where + ": the mapping to /* lacks the dispatchers " + String.join(", ", missing)
                        + " (expected: REQUEST, FORWARD, INCLUDE, ERROR and ASYNC)");
            }
        }
        if (!mappings.isEmpty() && !mappings.get(0).filter().equals(name)) {
            problems.add(where + ": its mapping stands behind that of "
                    + mappings.get(0).filter() + " (expected: the first filter-mapping)");
        }
        return problems;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getLocalName() != null) {
                children.add(element);
            }
        }
        return children;
    }

    private static List<String> texts(Element parent, String name) {
        List<String> texts = new ArrayList<>();
        for (Element child : children(parent)) {
            if (child.getLocalName().equals(name)) {
                texts.add(child.getTextContent().strip());
            }
        }
        return texts;
    }

    private static Optional<String> text(Element parent, String name) {
        return texts(parent, name).stream().findFirst();
    }
}
