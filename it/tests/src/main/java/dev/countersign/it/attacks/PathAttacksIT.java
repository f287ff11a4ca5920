package dev.countersign.it.attacks;

import static dev.countersign.it.wars.Configured.ADMIN;
import static dev.countersign.it.wars.Configured.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.Server;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * PATH-01 to PATH-20: no other spelling of a path reaches what is protected at it. Each row is tried on resources below
 * two mappings of JAX-RS, on a servlet and on files, with the strict path policy and with one that lets everything pass
 * that can be let pass, so that the rules alone have to hold; and where JAX-RS has every path.
 */
@ExtendWith(ArquillianExtension.class)
public class PathAttacksIT {
    /** What is protected in {@link #strict} and {@link #lax}, below the context path. */
    private static final List<String> MAPPED = List.of(
            "/api/admin/x",
            "/v2/admin/x",
            "/area/x",
            "/x.act",
            "/files/secret.txt",
            "/welcome/index.html",
            "/note.priv",
            "/exact.txt");

    private static final List<String> OPEN = List.of("/api/public/ok", "/v2/public/ok", "/areax");

    @ArquillianResource
    @OperateOnDeployment("strict")
    @SuppressWarnings("NullAway.Init")
    private URL strict;

    @ArquillianResource
    @OperateOnDeployment("lax")
    @SuppressWarnings("NullAway.Init")
    private URL lax;

    @ArquillianResource
    @OperateOnDeployment("whole")
    @SuppressWarnings("NullAway.Init")
    private URL whole;

    @Deployment(name = "strict", testable = false)
    static WebArchive strict() {
        return mapped("strict");
    }

    @Deployment(name = "lax", testable = false)
    static WebArchive lax() {
        return mapped("lax", "countersign.paths.allow = matrix, encoded-slash, double-slash, dot-segments");
    }

    @Deployment(name = "whole", testable = false)
    static WebArchive whole() {
        return Configured.keys(
                Wars.with("whole", "counted", "paths", Server.current().jaxrs().atTheRoot()),
                "countersign.paths.allow = matrix, encoded-slash, double-slash, dot-segments",
                "countersign.require-https = false");
    }

    private static WebArchive mapped(String name, String... lines) {
        WebArchive war = Configured.keys(
                Wars.with(name, "counted", "paths", "pathsmapped"),
                "countersign.require-https = false",
                "countersign.paths.area.pattern = /area/*",
                "countersign.paths.area.require = roles=admin",
                "countersign.paths.actions.pattern = *.act",
                "countersign.paths.actions.require = roles=admin",
                "countersign.paths.files.pattern = /files/*",
                "countersign.paths.files.require = roles=admin",
                "countersign.paths.welcome.pattern = /welcome/index.html",
                "countersign.paths.welcome.require = roles=admin",
                "countersign.paths.private.pattern = *.priv",
                "countersign.paths.private.require = roles=admin",
                "countersign.paths.exact.pattern = /exact.txt",
                "countersign.paths.exact.require = roles=admin",
                "countersign.paths.public.pattern = /public/*",
                "countersign.paths.public.require = permit",
                String.join("\n", lines));
        for (String file : List.of("files/secret.txt", "files/index.html", "welcome/index.html")) {
            war.addAsWebResource(new StringAsset(Attacker.MARKER), file);
        }
        String applications = Wars.listed("dev.countersign.it.wars.pathsmapped.FirstApi", "/api/*")
                + Wars.listed("dev.countersign.it.wars.pathsmapped.SecondApi", "/v2/*");
        // Tomcat alone has such a valve; elsewhere nothing is at /v.
        return Configured.webXml(war, applications + """
                        <filter>
                          <filter-name>rewrite</filter-name>
                          <filter-class>dev.countersign.it.wars.pathsmapped.RewriteFilter</filter-class>
                          <async-supported>true</async-supported>
                        </filter>
                        <filter-mapping>
                          <filter-name>rewrite</filter-name>
                          <url-pattern>/r/*</url-pattern>
                        </filter-mapping>
                        <welcome-file-list>
                          <welcome-file>index.html</welcome-file>
                        </welcome-file-list>
                        """)
                .addAsWebResource(new StringAsset(Attacker.MARKER), "note.priv")
                .addAsWebResource(new StringAsset(Attacker.MARKER), "exact.txt")
                .addAsManifestResource(
                        new StringAsset(
                                "<Context><Valve className=\"org.apache.catalina.valves.rewrite.RewriteValve\"/></Context>"),
                        "context.xml")
                .addAsWebInfResource(
                        new StringAsset("RewriteRule ^/v/(.*)$ /$1\nRewriteRule ^/w/(.*)$ /public/../$1\n"),
                        "rewrite.config");
    }

    private static List<String> paths(Attacker attacker) {
        return attacker.context().equals("/whole")
                ? List.of("/whole/admin/x", "/whole/admin/a/b/c")
                : MAPPED.stream().map(path -> attacker.context() + path).toList();
    }

    /** One path of each kind: where the policy refuses first, and where the runtime is the same, fewer are enough. */
    private static List<String> kinds(Attacker attacker) {
        return switch (attacker.context()) {
            case "/whole" -> List.of("/whole/admin/x");
            case "/strict" -> List.of("/strict/v2/admin/x", "/strict/exact.txt");
            default ->
                Stream.of("/api/admin/x", "/area/x", "/x.act", "/files/secret.txt", "/note.priv", "/exact.txt")
                        .map(path -> attacker.context() + path)
                        .toList();
        };
    }

    /** Every spelling of every path is refused, to nobody and to a caller who lacks the role, everywhere. */
    private void refused(Function<String, List<String>> spellings) throws IOException {
        for (Attacker attacker : List.of(Attacker.at(strict), Attacker.at(lax), Attacker.at(whole))) {
            List<String> targets = new ArrayList<>();
            for (String path : kinds(attacker)) {
                targets.addAll(spellings.apply(path));
            }
            attacker.refused(targets);
            attacker.refused(targets.subList(0, Math.min(targets.size(), 20)), List.of(ALICE));
        }
    }

    @Test
    void PATH_01_a_path_parameter_hides_no_path() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(path, ";", ";a=1", ";jsessionid=x", "/;", "/;a=1");
            all.addAll(Spelling.behindSlashes(path, ";", ";a=1"));
            // What is all parameter is the root of the application, and that is no secret.
            int rest = path.indexOf('/', 1) + 1;
            all.removeIf(target -> target.startsWith(path.substring(0, rest) + ";") && target.indexOf('/', rest) < 0);
            all.add("/;" + path);
            all.add(path + "?;/public/ok");
            return all;
        });
    }

    @Test
    void PATH_02_dots_with_a_parameter_lead_nowhere() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(
                    path, "/x/..;", "/x/..;a=1", "/.;", "/public/..;/public/..;", "/x/%2e%2e;", "/x/.%2e;a");
            String context = path.substring(0, path.indexOf('/', 1));
            String rest = path.substring(context.length());
            for (String open : OPEN) {
                all.add(context + open + "/..;/..;/..;" + rest);
                all.add(context + "/areax/..;" + rest);
                all.add(context + open + "/..;" + path);
            }
            all.add(context + "/..;" + path);
            return all;
        });
    }

    @Test
    void PATH_03_an_encoded_semicolon_hides_no_path() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(path, "%3b", "%3B", "%3ba=1", "/%3b", "/..%3b", "/x/..%3B");
            all.addAll(Spelling.behindSlashes(path, "%3b", "%3bx/"));
            return all;
        });
    }

    @Test
    void PATH_04_an_encoded_slash_or_a_backslash_is_no_slash() throws IOException {
        refused(path -> {
            List<String> all =
                    Spelling.insteadOfSlashes(path, "%2f", "%2F", "%5c", "%5C", "\\", "%2f%2f", "/%2f", "%2f/", "/\\");
            all.addAll(Spelling.inserting(path, "/x%2f..", "/x%5c..", "/x\\..", "/..%2fx", "%2f.", "%2f..%2f"));
            all.add("/public%5c..%5c" + path.substring(1));
            return all;
        });
    }

    @Test
    void PATH_05_more_slashes_lead_to_the_same_rule_or_nowhere() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(path, "/", "//", "///");
            all.add(path.replace("/", "//"));
            return all;
        });
    }

    @Test
    void PATH_06_a_slash_or_a_dot_at_the_end_opens_nothing() throws IOException {
        refused(path -> List.of(
                path + "/",
                path + ".",
                path + "/.",
                path + "./",
                path + "//",
                path + "..",
                path + "...",
                path + "%2e",
                path + "%2f",
                path + "/%2e",
                path + "/x/..",
                path + "/./"));
    }

    @Test
    void PATH_07_dot_segments_plain_and_encoded_lead_to_the_same_rule_or_nowhere() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(
                    path,
                    "/.",
                    "/x/..",
                    "/%2e",
                    "/%2E",
                    "/x/%2e%2e",
                    "/x/.%2e",
                    "/x/%2e.",
                    "/x/y/../..",
                    "/./x/./..",
                    "/x//..");
            all.addAll(Spelling.behindSlashes(path, "../", "%2e%2e/", ".%2e/"));
            String context = path.substring(0, path.indexOf('/', 1));
            String rest = path.substring(context.length());
            all.add(context + "/public/.." + rest);
            all.add(context + "/areax/.." + rest);
            all.add(context + "/api/public/../.." + rest);
            all.add(context + "/api/public/%2e%2e/%2e%2e" + rest);
            all.add("/.." + path);
            all.add(context + "/.." + path);
            all.add(context + "/../" + context + rest);
            return all;
        });
    }

    @Test
    void PATH_08_an_encoded_letter_is_that_letter_once_and_twice_encoded_it_is_none() throws IOException {
        refused(path -> {
            List<String> all = new ArrayList<>();
            all.addAll(Spelling.firstLetters(path, letter -> String.format(Locale.ROOT, "%%%02x", (int) letter)));
            all.addAll(Spelling.firstLetters(path, letter -> String.format(Locale.ROOT, "%%%02X", (int) letter)));
            all.addAll(Spelling.firstLetters(path, letter -> String.format(Locale.ROOT, "%%25%02x", (int) letter)));
            all.addAll(Spelling.firstLetters(path, letter -> String.format(Locale.ROOT, "%%2525%02x", (int) letter)));
            all.addAll(Spelling.insteadOfSlashes(path, "%252f", "%255c"));
            all.addAll(Spelling.inserting(path, "%253b", "/x/%252e%252e", "%2500", "%2523", "%253f"));
            return all;
        });
    }

    @Test
    void PATH_09_a_line_break_ends_no_rule() throws IOException {
        refused(path -> {
            List<String> all = Spelling.inserting(path, "%0a", "%0d", "%0d%0a", "%0A", "%e2%80%a8", "%c2%85");
            all.addAll(Spelling.behindSlashes(path, "%0a", "%0d", "%0d%0a", "%e2%80%a9"));
            return all;
        });
    }

    @Test
    void PATH_10_a_space_a_tab_or_a_zero_ends_no_rule() throws IOException {
        refused(path -> {
            List<String> all =
                    Spelling.inserting(path, "%20", "%09", "%00", "%00.css", "%0b", "%7f", "%c2%a0", "+", "%08", "\t");
            all.addAll(Spelling.behindSlashes(path, "%20", "%09", "%00"));
            all.add(path + "%00/../../public/ok");
            return all;
        });
    }

    @Test
    void PATH_11_another_case_is_another_path_in_every_language() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (Locale locale : List.of(before, new Locale("tr", "TR"))) {
                Locale.setDefault(locale);
                refused(path -> {
                    int rest = path.indexOf('/', 1);
                    List<String> all = new ArrayList<>(List.of(
                            path.substring(0, rest) + path.substring(rest).toUpperCase(Locale.ROOT),
                            path.toUpperCase(Locale.ROOT),
                            path.substring(0, rest) + path.substring(rest).replace("i", "I"),
                            path.substring(0, rest) + path.substring(rest).replace("i", "%c4%b1"),
                            path.substring(0, rest) + path.substring(rest).replace("x", "X")));
                    all.removeIf(path::equals);
                    return all;
                });
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void PATH_12_a_suffix_makes_no_other_resource() throws IOException {
        refused(path -> {
            List<String> all = new ArrayList<>();
            for (String suffix : List.of(".json", ".css", ".html", ".xml", ".js", ".png", ".jsp", ".txt", ".ico")) {
                all.add(path + suffix);
                all.add(path + "/" + suffix);
                all.add(path + "/x" + suffix);
                all.add(path + ";" + suffix);
                all.add(path + "?" + suffix);
            }
            return all;
        });
    }

    @Test
    void PATH_13_the_rule_holds_below_every_mapping_of_every_runtime() throws IOException {
        for (Attacker attacker : List.of(Attacker.at(strict), Attacker.at(lax), Attacker.at(whole))) {
            for (String path : paths(attacker)) {
                RawResponse refused = attacker.refusedWith(401, "GET", path);
                assertThat(refused.header("WWW-Authenticate"))
                        .containsExactly("ApiKey realm=\"" + attacker.context().substring(1)
                                + "\", in=\"header\", name=\"X-API-Key\"");
                attacker.refusedWith(403, "GET", path, ALICE);
                attacker.reached(path, ADMIN);
            }
        }
        for (URL mapped : List.of(strict, lax)) {
            Attacker attacker = Attacker.at(mapped);
            attacker.refused(List.of(
                    attacker.context() + "/admin/x",
                    attacker.context() + "/api/v2/admin/x",
                    attacker.context() + "/api/strict/api/admin/x"));
            for (String path : OPEN) {
                assertThat(attacker.http().get(path).text()).isEqualTo("nothing secret");
            }
        }
    }

    @Test
    void PATH_14_a_prefix_means_the_directory_itself_and_what_is_below_and_no_neighbour() throws IOException {
        for (URL mapped : List.of(strict, lax)) {
            Attacker attacker = Attacker.at(mapped);
            for (String path : List.of("/area", "/area/", "/area/a", "/area/a/b", "/area/a/b/", "/area/areax")) {
                attacker.refusedWith(401, "GET", attacker.context() + path);
                attacker.refusedWith(403, "GET", attacker.context() + path, ALICE);
                attacker.reached(attacker.context() + path, ADMIN);
            }
            assertThat(attacker.http().get("/areax").text()).isEqualTo("nothing secret");
            attacker.refusedWith(401, "GET", attacker.context() + "/any/thing.act");
            attacker.refusedWith(401, "GET", attacker.context() + "/areax/.act");
        }
    }

    @Test
    void PATH_15_a_query_opens_nothing() throws IOException {
        for (Attacker attacker : List.of(Attacker.at(strict), Attacker.at(lax), Attacker.at(whole))) {
            for (String path : paths(attacker)) {
                for (String query : List.of(
                        "?/public/ok",
                        "?/public/",
                        "??/public/ok",
                        "?;/public/ok",
                        "?x=/public/ok",
                        "?/../public/ok",
                        "?%0a/public/ok",
                        "?wadl",
                        "?.css")) {
                    attacker.refusedWith(401, "GET", path + query);
                }
            }
        }
    }

    @Test
    void PATH_16_a_file_and_a_welcome_file_are_protected_whatever_leads_there() throws IOException {
        for (URL mapped : List.of(strict, lax)) {
            Attacker attacker = Attacker.at(mapped);
            String context = attacker.context();
            attacker.refusedWith(401, "GET", context + "/files/");
            attacker.refusedWith(401, "GET", context + "/welcome/");
            attacker.refusedWith(401, "HEAD", context + "/welcome/");
            attacker.refusedWith(403, "GET", context + "/welcome/", ALICE);
            attacker.reached(context + "/welcome/", ADMIN);
            for (String path : List.of("/files/secret.txt", "/note.priv", "/exact.txt", "/welcome/index.html")) {
                for (String line : List.of(
                        "Range: bytes=0-5",
                        "If-None-Match: *",
                        "If-Modified-Since: Thu, 01 Jan 2099 00:00:00 GMT",
                        "Accept-Encoding: gzip, br")) {
                    attacker.refusedWith(401, "GET", context + path, line);
                }
                RawResponse head = attacker.refusedWith(401, "HEAD", context + path);
                assertThat(head.body()).isEmpty();
                assertThat(head.header("ETag")).isEmpty();
                assertThat(head.header("Last-Modified")).isEmpty();
            }
            attacker.refused(
                    List.of(
                            context + "/WEB-INF/keys.properties",
                            context + "/web-inf/keys.properties",
                            context + "/%57EB-INF/keys.properties",
                            context + "/WEB-INF;x/keys.properties",
                            context + "//WEB-INF/keys.properties",
                            context + "/./WEB-INF/keys.properties",
                            context + "/WEB-INF%2fkeys.properties",
                            context + "/files/../WEB-INF/keys.properties",
                            context + "/META-INF/context.xml"),
                    List.of(ADMIN));
        }
    }

    @Test
    void PATH_17_overlong_and_foreign_encodings_are_no_other_spelling() throws IOException {
        refused(path -> {
            List<String> all = Spelling.insteadOfSlashes(
                    path, "%c0%af", "%e0%80%af", "%f0%80%80%af", "%ef%bc%8f", "%u002f", "%c1%9c", "%u2215", "\u00af");
            all.addAll(Spelling.inserting(
                    path,
                    "/x/%c0%ae%c0%ae",
                    "/x/%e0%80%ae%e0%80%ae",
                    "/x/%ef%bc%8e%ef%bc%8e",
                    "%",
                    "%zz",
                    "%u",
                    "%c3",
                    "/x/%u002e%u002e",
                    "%ed%a0%80",
                    "\u00e9"));
            all.addAll(Spelling.firstLetters(path, letter -> String.format(Locale.ROOT, "%%u%04x", (int) letter)));
            all.addAll(Spelling.firstLetters(
                    path, letter -> String.format(Locale.ROOT, "%%c1%%%02x", 0x80 | (letter & 0x3F))));
            return all;
        });
    }

    @Test
    void PATH_18_a_whole_url_as_the_target_has_the_rules_of_its_path() throws IOException {
        refused(path -> List.of(
                "http://evil.example" + path,
                "http://127.0.0.1" + path,
                "https://evil.example" + path,
                "http://a:b@127.0.0.1" + path,
                "http://evil.example:99999" + path,
                "http://evil.example/.." + path,
                "http://evil.example//public/.." + path,
                "http:" + path,
                "ftp://evil.example" + path,
                "//evil.example" + path,
                "evil.example" + path,
                path.substring(1)));
        for (Attacker attacker : List.of(Attacker.at(strict), Attacker.at(lax), Attacker.at(whole))) {
            for (String path : paths(attacker)) {
                attacker.refused("GET", "http://evil.example" + path, "Host: evil.example");
                attacker.refused("GET", "http://evil.example" + path, "Host: localhost");
                attacker.refused("GET", path, "Host: evil.example");
            }
        }
    }

    @Test
    void PATH_19_fields_that_name_another_path_are_ignored() throws IOException {
        for (Attacker attacker : List.of(Attacker.at(strict), Attacker.at(lax), Attacker.at(whole))) {
            String open = attacker.context().equals("/whole") ? "/whole/public/ok" : attacker.context() + OPEN.get(0);
            long before = attacker.calls();
            for (String path : kinds(attacker)) {
                for (String field : List.of(
                        "X-Original-URL",
                        "X-Rewrite-URL",
                        "X-Original-URI",
                        "X-Forwarded-Prefix",
                        "X-Forwarded-Path",
                        "X-Forwarded-Uri",
                        "X-Script-Name",
                        "X-Accel-Redirect",
                        "X-HTTP-DestinationURL",
                        "Content-Location",
                        "Destination",
                        "Referer")) {
                    attacker.refusedWith(401, "GET", path, field + ": " + open);
                    attacker.refusedWith(401, "GET", path, field + ": /");
                    for (String value :
                            List.of(path, path.substring(attacker.context().length()))) {
                        RawResponse response =
                                Objects.requireNonNull(attacker.send("GET", open, field + ": " + value), "no answer");
                        assertThat(response.text()).as(field).isEqualTo("nothing secret");
                    }
                }
            }
            assertThat(attacker.calls()).isEqualTo(before);
        }
    }

    @Test
    void PATH_20_what_is_rewritten_in_front_has_the_rule_of_where_it_leads() throws IOException {
        for (URL mapped : List.of(strict, lax)) {
            Attacker attacker = Attacker.at(mapped);
            for (String full : kinds(attacker)) {
                String path = full.substring(attacker.context().length());
                attacker.refusedWith(401, "GET", attacker.context() + "/r" + path);
                attacker.refusedWith(401, "HEAD", attacker.context() + "/r" + path);
                attacker.refusedWith(403, "GET", attacker.context() + "/r" + path, ALICE);
                attacker.reached(attacker.context() + "/r" + path, ADMIN);
                List<String> spelled =
                        Spelling.inserting(attacker.context() + "/r" + path, ";", ";a=1", "/", "/.", "/x/..", "%2f");
                attacker.refused(spelled);
                // Rewritten where the server has such a valve, and unknown to it everywhere else.
                attacker.refused(List.of(attacker.context() + "/v" + path, attacker.context() + "/w" + path));
                attacker.refused(
                        List.of(attacker.context() + "/v" + path, attacker.context() + "/w" + path), List.of(ALICE));
            }
            for (String path : OPEN) {
                // Without a servlet for static files nothing is known of what leads elsewhere: it needs a credential
                // itself.
                boolean known = Server.current().hasStaticServlet();
                RawResponse nobody = attacker.http().get("/r" + path);
                assertThat(nobody.status()).isEqualTo(known ? 200 : 401);
                RawResponse alice = attacker.http().get("/r" + path, ALICE);
                assertThat((known ? nobody : alice).text()).isEqualTo("nothing secret");
            }
        }
    }

    @Test
    void PATH_20_a_rewriting_valve_of_Tomcat_is_followed() throws IOException {
        Attacker attacker = Attacker.at(strict);
        if (Server.current().name().startsWith("TOMCAT")) {
            attacker.refusedWith(401, "GET", "/strict/v/api/admin/x");
            attacker.refusedWith(401, "GET", "/strict/v/files/secret.txt");
            attacker.reached("/strict/v/api/admin/x", ADMIN);
            attacker.reached("/strict/v/files/secret.txt", ADMIN);
        } else {
            attacker.refusedWith(404, "GET", "/strict/v/api/admin/x", ADMIN);
        }
    }
}
