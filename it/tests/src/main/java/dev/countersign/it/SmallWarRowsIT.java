package dev.countersign.it;

import static dev.countersign.it.Credentials.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp.RawResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of SPEC section 6 that need other settings than those of the main WAR. */
@ExtendWith(ArquillianExtension.class)
public class SmallWarRowsIT {
    private static final String QUOTED = "Basic realm=\"the \\\"orders\\\" \\\\ desk\", charset=\"UTF-8\"";
    private static final int QUEUE = 32;

    @Deployment(name = "shop", testable = false)
    static WebArchive shop() {
        return Wars.with("shop", "shop")
                .addAsWebInfResource(new StringAsset("""
                                countersign.schemes = basic
                                countersign.realm = the "orders" \\\\ desk
                                countersign.unannotated = deny
                                countersign.deny-as = 404
                                countersign.hash.concurrency = 1
                                countersign.cors.origins = https://app.example.com
                                countersign.scheme.basic.users = file:WEB-INF/users.properties
                                countersign.paths.shut.pattern = /shut/*
                                countersign.paths.shut.require = deny
                                """), "countersign.properties")
                .addAsWebInfResource(
                        // The password is "correct horse"; a million rounds take a good part of a second.
                        new StringAsset("user.slow.password = {pbkdf2-sha256}1000000$Y291bnRlcnNpZ24tc2xvdw==$"
                                + "yE3VG7JMi62jGYx3J8qhC/1TH2a91z5zuQbjYRQeYfo="),
                        "users.properties");
    }

    @Deployment(name = "locked", testable = false)
    static WebArchive locked() {
        return Wars.with("locked", "shop")
                .addAsWebInfResource(new StringAsset("""
                                countersign.schemes = basic
                                countersign.unannotated = deny
                                countersign.scheme.basic.users = file:WEB-INF/users.properties
                                """), "countersign.properties")
                .addAsWebInfResource(new StringAsset(""), "users.properties");
    }

    @Test
    void G2_G3_a_realm_with_quotes_is_escaped(@ArquillianResource @OperateOnDeployment("shop") URL base)
            throws IOException {
        RawResponse response = RawHttp.to(base).get("/api/shop");
        assertThat(response.status()).isEqualTo(401);
        assertThat(response.header("WWW-Authenticate")).containsExactly(QUOTED);
    }

    @Test
    void G4_the_realm_of_an_application_without_a_name_is_its_context_path(
            @ArquillianResource @OperateOnDeployment("locked") URL base) throws IOException {
        assertThat(RawHttp.to(base).get("/api/shop").header("WWW-Authenticate"))
                .containsExactly("Basic realm=\"locked\", charset=\"UTF-8\"");
    }

    @Test
    void G9_a_script_of_a_configured_origin_may_read_a_refusal(
            @ArquillianResource @OperateOnDeployment("shop") URL base) throws IOException {
        RawResponse allowed = RawHttp.to(base).get("/api/shop", "Origin: https://app.example.com");
        assertThat(allowed.status()).isEqualTo(401);
        assertThat(allowed.header("Access-Control-Allow-Origin")).containsExactly("https://app.example.com");
        assertThat(allowed.header("Access-Control-Expose-Headers"))
                .singleElement()
                .asString()
                .contains("WWW-Authenticate", "DPoP-Nonce", "Retry-After", "RateLimit", "RateLimit-Policy");
        assertThat(allowed.header("Vary")).containsExactly("Origin");
        RawResponse other = RawHttp.to(base).get("/api/shop", "Origin: https://app.example.com.evil.example");
        assertThat(other.status()).isEqualTo(401);
        assertThat(other.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(other.header("Vary")).containsExactly("Origin");
    }

    @Test
    void R41_deny_as_404_answers_404_to_everybody(@ArquillianResource @OperateOnDeployment("shop") URL base)
            throws IOException {
        for (String path : List.of("/api/shop/closed", "/api/shop/unannotated", "/shut/x")) {
            for (String line : List.of("X-Other: none", basic("slow", Credentials.PASSWORD), basic("slow", "wrong"))) {
                denied(RawHttp.to(base).get(path, line), 404);
            }
        }
    }

    @Test
    void R41_an_unannotated_method_under_deny_is_403(@ArquillianResource @OperateOnDeployment("locked") URL base)
            throws IOException {
        denied(RawHttp.to(base).get("/api/shop/unannotated"), 403);
        denied(RawHttp.to(base).get("/api/shop/closed"), 403);
    }

    @Test
    void R38_a_full_queue_for_hashing_is_503(@ArquillianResource @OperateOnDeployment("shop") URL base)
            throws IOException, InterruptedException, ExecutionException {
        // One is hashed, so many wait, and none of the others can be judged; those that wait too long neither.
        int clients = 1 + QUEUE + 12;
        ExecutorService executor = Executors.newFixedThreadPool(clients);
        try {
            List<Future<RawResponse>> answers = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                String line = basic("nobody" + i, "wrong");
                answers.add(executor.submit(() -> get(base, line)));
            }
            int full = 0;
            for (Future<RawResponse> answer : answers) {
                RawResponse response = answer.get();
                if (response.status() == 503) {
                    full++;
                    assertThat(response.header("Retry-After")).containsExactly("1");
                    assertThat(response.header("WWW-Authenticate")).isEmpty();
                    assertThat(response.header("Cache-Control")).containsExactly("no-store");
                    assertThat(Problem.of(response).code()).isEqualTo("auth_unavailable");
                } else {
                    assertThat(response.status()).isEqualTo(401);
                    assertThat(response.header("WWW-Authenticate")).containsExactly(QUOTED);
                }
            }
            assertThat(full).isPositive();
        } finally {
            executor.shutdown();
        }
        assertThat(get(base, basic("slow", Credentials.PASSWORD)).text()).isEqualTo("secured");
    }

    private static RawResponse get(URL base, String line) {
        try {
            return RawHttp.to(base).get("/api/shop", line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void denied(RawResponse response, int status) {
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.header("WWW-Authenticate")).isEmpty();
        assertThat(response.header("Cache-Control")).containsExactly("no-store");
        assertThat(response.header("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(Problem.of(response).code()).isEqualTo("denied");
    }
}
