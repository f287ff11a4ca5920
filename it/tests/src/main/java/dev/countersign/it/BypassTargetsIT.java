package dev.countersign.it;

import static dev.countersign.it.Credentials.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.countersign.it.BypassTargets.Attempt;
import dev.countersign.it.BypassTargets.Canonical;
import dev.countersign.it.RawHttp.RawResponse;
import dev.countersign.it.wars.Configured;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every request of {@code bypass-targets.json} and every path of {@code servlet-canonical.json}, to the byte: whatever the
 * answer, the secret is never in it. JAX-RS is at {@code /api/*} in one WAR, takes every path of another one, and does both
 * in the application at the root of the server.
 */
@ExtendWith(ArquillianExtension.class)
public class BypassTargetsIT {
    private static final String MARKER = "MARKER-OF-THE-SECRET";
    private static final int CASES = 62 + 37;
    private static final int CANONICAL = 84;
    /** The classes of the package {@code bypass}. */
    private static final String[] RESOURCES = {
        "dev.countersign.it.wars.bypass.EverythingResource",
        "dev.countersign.it.wars.bypass.OpenResource",
        "dev.countersign.it.wars.bypass.PublicResource",
        "dev.countersign.it.wars.bypass.SecretResource"
    };

    @Deployment(name = "ctx", testable = false)
    static WebArchive everything() {
        return configured(Wars.with("ctx", "bypass", Server.current().jaxrs().atTheRoot()));
    }

    @Deployment(name = "below", testable = false)
    static WebArchive below() {
        return configured(Wars.with("below", "bypass", "bypassapi"));
    }

    @Deployment(name = "ROOT", testable = false)
    static WebArchive root() {
        Server.Jaxrs jaxrs = Server.current().jaxrs();
        if (jaxrs.servesEveryApplication()) {
            return configured(Wars.with("ROOT", "bypass", "bypassapi", jaxrs.atTheRoot()));
        }
        return configured(Configured.webXml(
                Wars.with("ROOT", "bypass", jaxrs.atTheRoot()), Wars.found("api", "/api/*", RESOURCES)));
    }

    private static WebArchive configured(WebArchive war) {
        return war.addAsWebInfResource(
                        new StringAsset(
                                "countersign.schemes=basic\ncountersign.scheme.basic.users=file:WEB-INF/users.properties\n"),
                        "countersign.properties")
                .addAsWebInfResource(
                        new StringAsset(
                                "user.bea.password="
                                        + "$2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm\nuser.bea.roles=admin\n"),
                        "users.properties");
    }

    @Test
    void PATH_METH_no_target_reaches_a_resource_at_the_root(@ArquillianResource @OperateOnDeployment("ctx") URL base)
            throws IOException {
        control(RawHttp.to(base), "");
        tryAll(RawHttp.to(base), "");
    }

    @Test
    void PATH_METH_no_target_reaches_a_resource_below_a_path(@ArquillianResource @OperateOnDeployment("below") URL base)
            throws IOException {
        control(RawHttp.to(base), "/api");
        tryAll(RawHttp.to(base), "/api");
    }

    @Test
    void PATH_METH_no_target_reaches_a_resource_of_the_application_at_the_root(
            @ArquillianResource @OperateOnDeployment("ROOT") URL base) throws IOException {
        assertThat(RawHttp.to(base).context()).isEmpty();
        control(RawHttp.to(base), "/api");
        tryAll(RawHttp.to(base), "/api");
    }

    @Test
    void PATH_METH_no_target_reaches_a_resource_at_the_root_of_the_application_at_the_root(
            @ArquillianResource @OperateOnDeployment("ROOT") URL base) throws IOException {
        control(RawHttp.to(base), "");
        tryAll(RawHttp.to(base), "");
    }

    @Test
    void PATH_canonical_paths_of_the_servlet_specification_at_the_root(
            @ArquillianResource @OperateOnDeployment("ctx") URL base) throws IOException {
        canonical(RawHttp.to(base), "");
    }

    @Test
    void PATH_canonical_paths_of_the_servlet_specification_below_a_path(
            @ArquillianResource @OperateOnDeployment("below") URL base) throws IOException {
        canonical(RawHttp.to(base), "/api");
    }

    @Test
    void PATH_canonical_paths_of_the_servlet_specification_of_the_application_at_the_root(
            @ArquillianResource @OperateOnDeployment("ROOT") URL base) throws IOException {
        canonical(RawHttp.to(base), "/api");
    }

    @Test
    void PATH_canonical_paths_of_the_servlet_specification_at_the_root_of_the_application_at_the_root(
            @ArquillianResource @OperateOnDeployment("ROOT") URL base) throws IOException {
        canonical(RawHttp.to(base), "");
    }

    /**
     * Everything but {@code /open} and {@code /public} is protected by one resource, and everything below {@code /open} is
     * open: a path that has one reading gets 401 from the one and 200 from the other, and any other path neither. Servers
     * refuse more than they must: {@code [} on Tomcat, {@code %25} on Jetty; and Jetty leaves out a fragment.
     */
    private static void canonical(RawHttp http, String prefix) throws IOException {
        List<Canonical> paths = BypassTargets.canonical();
        assertThat(paths).hasSize(CANONICAL);
        List<String> wrong = new ArrayList<>();
        int served = 0;
        for (Canonical path : paths) {
            if (!path.raw().startsWith("/")) {
                check(http, path.raw(), withoutSlash(path.raw()), wrong);
                continue;
            }
            boolean plain = path.isPlain() || isPlainWithoutSessionId(path);
            boolean fragment = path.raw().contains("#");
            String root = http.context() + prefix;
            // Tomcat redirects what it takes for the context path without its slash.
            List<Integer> refused = path.raw().equals("/..") ? List.of(400, 404, 302) : List.of(400, 404);
            check(http, root + path.raw(), plain || fragment ? List.of(400, 401) : refused, wrong);
            int open = check(http, root + "/open" + path.raw(), plain || fragment ? List.of(400, 200) : refused, wrong);
            served += open == 200 ? 1 : 0;
        }
        if (!wrong.isEmpty()) {
            fail("otherwise: " + wrong);
        }
        assertThat(served).isGreaterThan(10);
    }

    private static List<Integer> withoutSlash(String target) {
        Server server = Server.current();
        if (server.readsQueryAloneAsRoot() && target.startsWith("?")) {
            return List.of(401);
        }
        return server.failsOverTargetsWithoutSlash() ? List.of(400, 404, 500, 302) : List.of(400, 404);
    }

    private static boolean isPlainWithoutSessionId(Canonical path) {
        int id = path.raw().indexOf(";jsessionid=");
        return !Server.current().leavesSessionIds()
                && id >= 0
                && new Canonical(path.raw().substring(0, id), path.rejected()).isPlain();
    }

    /** Gives the status; 0 if there is no answer. */
    private static int check(RawHttp http, String target, List<Integer> expected, List<String> wrong)
            throws IOException {
        RawResponse response = send(http, new Attempt("", "GET", "", List.of()), target);
        if (response == null) {
            return 0;
        }
        if (Server.current().isOwnAnswer(response)) {
            return 0;
        }
        if (response.toString().contains(MARKER.substring(0, 6)) || !expected.contains(response.status())) {
            wrong.add(target + " " + response.status());
        }
        return response.status();
    }

    /** The plain target is 401 for nobody and 200 for an administrator, so that the marker's absence says something. */
    private static void control(RawHttp http, String prefix) throws IOException {
        RawResponse nobody = http.get(prefix + "/admin/secret");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.header("WWW-Authenticate")).hasSize(1);
        assertThat(http.get(prefix + "/admin/secret", basic("bea", Credentials.BEAS_PASSWORD))
                        .text())
                .isEqualTo(MARKER);
        assertThat(http.get(prefix + "/public/ok").text()).isEqualTo("nothing secret");
    }

    private static void tryAll(RawHttp http, String prefix) throws IOException {
        List<Attempt> attempts = BypassTargets.read();
        assertThat(attempts).hasSize(CASES);
        List<String> open = new ArrayList<>();
        for (Attempt attempt : attempts) {
            for (String target : targets(http, prefix, attempt.target())) {
                RawResponse response = send(http, attempt, target);
                if (response == null) {
                    continue;
                }
                // A range of the marker would be enough.
                boolean shown = response.toString().contains(MARKER.substring(0, 6));
                boolean answered = target.equals(http.context() + prefix + "/admin/secret")
                        && response.status() < 400
                        && !attempt.id().equals("cors-preflight");
                if (shown || answered) {
                    open.add(attempt.id() + " " + target + " " + response.status());
                }
            }
        }
        if (!open.isEmpty()) {
            fail("reached: " + open);
        }
    }

    /** The target inside the application, at its very root, and as it stands in the file. */
    private static List<String> targets(RawHttp http, String prefix, String target) {
        List<String> targets = new ArrayList<>(List.of(target));
        int scheme = target.indexOf("://");
        int path = scheme < 0 ? 0 : target.indexOf('/', scheme + 3);
        String authority = target.substring(0, path);
        String rest = target.substring(path);
        targets.add(authority + http.context() + prefix + rest);
        targets.add(authority + http.context() + rest);
        if (target.startsWith("/ctx/")) {
            targets.add(http.context() + prefix + target.substring("/ctx".length()));
        }
        return targets;
    }

    /** Null where the server ends the connection without an answer. */
    @Nullable
    private static RawResponse send(RawHttp http, Attempt attempt, String target) throws IOException {
        List<String> lines = new ArrayList<>(attempt.headers());
        if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
            lines.add("Host: " + http.host());
        }
        byte[] head = Orders.raw(attempt.method(), target, lines.toArray(new String[0]));
        try {
            return http.send(
                    Server.current().jaxrs().answersBeforeTheBody()
                            ? head
                            : Arrays.copyOf(head, head.length + promised(attempt)));
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer: " + attempt + " " + target, e);
        } catch (EOFException | SocketException e) {
            return null;
        }
    }

    /** How many bytes the fields say that the body has. */
    private static int promised(Attempt attempt) {
        String name = "Content-Length: ";
        return attempt.headers().stream()
                .filter(line -> line.startsWith(name))
                .mapToInt(line -> Integer.parseInt(line.substring(name.length())))
                .findFirst()
                .orElse(0);
    }
}
