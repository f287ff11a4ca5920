package dev.countersign.it.signers;

import static dev.countersign.it.signers.Settings.ACCESS_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that {@code curl --aws-sigv4} signs. */
@ExtendWith(Rig.class)
class CurlIT {
    /** Other paths, and queries in another order, are signed by some versions in a way that no AWS service takes. */
    private static final String TARGET = "/aws/api/orders?a=1&b=2";

    private final Site site;

    CurlIT(Site site) {
        this.site = site;
    }

    @Test
    void curl_is_let_in_with_the_right_secret_alone() throws Exception {
        assertThat(Curl.answer(arguments(Place.DIRECT.service(), Settings.SECRET_KEY)))
                .startsWith("HTTP/1.1 200")
                .endsWith(ACCESS_KEY + " " + Site.sha256(""));
        assertThat(Curl.answer(arguments(
                        Place.DIRECT.service(), Settings.SECRET_KEY, "-H", "Content-Type: text/plain", "-d", "hat")))
                .startsWith("HTTP/1.1 200")
                .endsWith(ACCESS_KEY + " " + Site.sha256("hat"));
        assertThat(Curl.answer(arguments(Place.DIRECT.service(), "wrong"))).startsWith("HTTP/1.1 401");
        assertThat(Curl.answer(arguments("other", Settings.SECRET_KEY))).startsWith("HTTP/1.1 401");
    }

    @Test
    void SIG_06_a_media_type_that_curl_adds_by_itself_is_not_signed_and_so_refused() throws Exception {
        assertThat(Curl.answer(arguments(Place.DIRECT.service(), Settings.SECRET_KEY, "-d", "item=hat")))
                .startsWith("HTTP/1.1 401");
    }

    @Test
    void SIG_01_SIG_20_what_curl_signed_is_refused_with_anything_of_it_changed() throws Exception {
        Message signed = Curl.sent(
                site.uri().getPort(),
                arguments(
                        Place.DIRECT.service(),
                        Settings.SECRET_KEY,
                        "-H",
                        "Content-Type: application/json",
                        "-d",
                        "{\"item\":\"hat\"}"));
        site.acceptsOnlyAsSigned(
                signed, ACCESS_KEY, AwsRequests.headerChanges(signed).host());
    }

    private String[] arguments(String service, String secret, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--aws-sigv4",
                "aws:amz:" + Settings.REGION + ":" + service,
                "--user",
                ACCESS_KEY + ":" + secret,
                site.uri() + TARGET));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }
}
