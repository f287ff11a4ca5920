package dev.countersign.bootstrap;

import dev.countersign.gate.GateSettings;
import dev.countersign.gate.GateSettings.ChallengeOrder;
import dev.countersign.gate.GateSettings.ChallengeScope;
import dev.countersign.gate.GateSettings.Https;
import dev.countersign.http.Cidr;
import dev.countersign.http.CidrList;
import dev.countersign.http.PathPolicy;
import dev.countersign.http.ProxyPolicy;
import dev.countersign.settings.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what the Gate can be told, and which proxies are believed. */
final class GateReader {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";

    private final Section root;
    private final String contextPath;
    private final PathPolicy paths;

    GateReader(Section root, String contextPath) {
        this.root = root;
        this.contextPath = contextPath;
        root.choice("paths.policy", PathsPolicy.class, PathsPolicy.STRICT);
        this.paths = pathPolicy(root, "paths.allow");
    }

    /** Which paths are accepted where nothing else is said. */
    PathPolicy paths() {
        return paths;
    }

    /** @param tokens whether any scheme takes tokens, whose challenges tell of metadata */
    GateSettings settings(ProxyPolicy proxies, boolean tokens) {
        return new GateSettings(
                root.choice("require-https", Https.class, Https.TRUE),
                root.choice("cleartext", Cleartext.class, Cleartext.REJECT) == Cleartext.ALLOW,
                !proxies.trusted().isEmpty(),
                paths,
                Set.copyOf(root.list("query-names", List.of("api_key", "access_token"))),
                root.choice("challenge.order", ChallengeOrder.class, ChallengeOrder.COMPAT),
                root.choice("challenge.scope", ChallengeScope.class, ChallengeScope.ALWAYS),
                resourceMetadataUrl(tokens),
                root.choice("errors.format", ErrorsFormat.class, ErrorsFormat.PROBLEM) == ErrorsFormat.PROBLEM,
                absolute("errors.base-uri"),
                denyAsNotFound());
    }

    /** What the security map says of plain HTTP. */
    static String transport(GateSettings settings) {
        if (settings.https() == Https.FALSE) {
            return "plain HTTP is accepted (require-https=false)";
        }
        if (settings.cleartextAllowed()) {
            return "credentials are accepted over plain HTTP (cleartext=allow)";
        }
        return settings.https() == Https.ALWAYS || settings.proxiesTrusted()
                ? "credentials need HTTPS"
                : "credentials need HTTPS, but from this machine to itself (require-https=always ends that)";
    }

    ProxyPolicy proxies() {
        List<Cidr> trusted = new ArrayList<>();
        for (String text : root.list("trusted-proxies", List.of())) {
            Cidr.parse(text)
                    .ifPresentOrElse(
                            trusted::add,
                            () -> root.problem(
                                    "trusted-proxies",
                                    root.shown("trusted-proxies", text)
                                            + " (expected: addresses or CIDR blocks such as 10.0.0.0/8, comma-separated)"));
        }
        ProxyPolicy.Mode mode = root.choice("forwarded", ProxyPolicy.Mode.class, ProxyPolicy.Mode.NONE);
        if (mode != ProxyPolicy.Mode.NONE && trusted.isEmpty()) {
            root.problem(
                    "forwarded",
                    "needs " + root.key("trusted-proxies") + " (expected: the addresses of the proxies that set it)");
        }
        return new ProxyPolicy(new CidrList(trusted), mode);
    }

    /** The external origin and path of the application, without a slash at its end, if configured. */
    Optional<String> baseUrl() {
        Optional<String> url = absolute("base-url");
        if (url.isEmpty()) {
            return url;
        }
        URI uri = URI.create(url.get());
        String scheme = uri.getScheme();
        if (!(scheme.equals("https") || scheme.equals("http"))
                || uri.getRawQuery() != null
                || uri.getRawUserInfo() != null
                || uri.getHost() == null) {
            root.problem(
                    "base-url",
                    "not an http(s) URL of an application (expected: such as https://api.example.com/orders)");
            return Optional.empty();
        }
        String text = url.get();
        return Optional.of(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    }

    /** The paths that a key opens on top of the strict policy. */
    static PathPolicy pathPolicy(Section section, String name) {
        Set<PathPolicy.Allowance> allowances = EnumSet.noneOf(PathPolicy.Allowance.class);
        for (String text : section.list(name, List.of())) {
            PathPolicy.Allowance.of(text)
                    .ifPresentOrElse(
                            allowances::add,
                            () -> section.problem(
                                    name,
                                    section.shown(name, text)
                                            + " (expected: matrix, encoded-slash, double-slash, dot-segments)"));
        }
        return allowances.isEmpty() ? PathPolicy.STRICT : PathPolicy.allowing(allowances);
    }

    /** RFC 9728 section 3.1: the well-known part goes between host and path of the resource identifier. */
    private Optional<String> resourceMetadataUrl(boolean tokens) {
        Optional<String> url = absolute("resource-metadata-url");
        Optional<String> resource = absolute("resource-id");
        boolean wanted = root.flag("challenge.metadata", resource.isPresent());
        if (!wanted) {
            if (tokens
                    && resource.isEmpty()
                    && !contextPath.isEmpty()
                    && root.text("challenge.metadata").isEmpty()) {
                root.warning(
                        "resource-id",
                        "not set, so token challenges do not tell clients where the metadata of this"
                                + " application is (RFC 9728 section 5.1; challenge.metadata=false says that there is none)");
            }
            return Optional.empty();
        }
        if (url.isPresent()) {
            return url;
        }
        if (resource.isEmpty()) {
            root.problem(
                    "challenge.metadata",
                    "needs " + root.key("resource-id") + " or " + root.key("resource-metadata-url"));
            return Optional.empty();
        }
        if (!contextPath.isEmpty()) {
            root.problem(
                    "resource-metadata-url",
                    "required with " + root.key("resource-id")
                            + " when the application is not at the root (expected: an"
                            + " absolute URL that serves the metadata, RFC 9728 section 3)");
            return Optional.empty();
        }
        URI id = URI.create(resource.get());
        String path = id.getRawPath() == null || id.getRawPath().equals("/") ? "" : id.getRawPath();
        return Optional.of(id.getScheme() + "://" + id.getRawAuthority() + WELL_KNOWN + path);
    }

    private Optional<String> absolute(String name) {
        Optional<String> text = root.text(name);
        if (text.isEmpty()) {
            return text;
        }
        try {
            URI uri = new URI(text.get());
            if (uri.isAbsolute() && uri.getRawAuthority() != null && uri.getRawFragment() == null) {
                return text;
            }
        } catch (URISyntaxException e) {
            // told below, with everything else that is no absolute URL
        }
        root.problem(name, "not an absolute URL (expected: such as https://api.example.com/orders)");
        return Optional.empty();
    }

    private boolean denyAsNotFound() {
        String status = root.text("deny-as", "403");
        if (!status.equals("403") && !status.equals("404")) {
            root.problem("deny-as", root.shown("deny-as", status) + " (expected: 403 or 404)");
        }
        return status.equals("404");
    }

    private enum PathsPolicy {
        STRICT
    }

    private enum Cleartext {
        REJECT,
        ALLOW
    }

    private enum ErrorsFormat {
        PROBLEM,
        NONE
    }
}
