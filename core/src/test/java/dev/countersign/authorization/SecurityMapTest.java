package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.AccessRule.Mode;
import dev.countersign.authorization.SecurityMap.Entry;
import dev.countersign.authorization.SecurityMap.Kind;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.io.StringReader;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecurityMapTest {
    private static final Entry FIND = new Entry(
            Kind.RESOURCE,
            "GET /orders/{id}",
            "dev.shop.Orders.find(String)",
            AccessRule.builder(Mode.REQUIRED, Compiling.DEFAULT).build(),
            List.of("schemes: countersign.default"));
    private static final Entry LIST = new Entry(
            Kind.RESOURCE,
            "GET /orders",
            "dev.shop.Orders.list()",
            AccessRule.builder(Mode.REQUIRED, Compiling.DEFAULT)
                    .anyRole(Set.of("evil\n\"role\\", "x"))
                    .build(),
            List.of("schemes: countersign.default", "roles: dev.shop.Orders"));
    private static final Entry REST =
            new Entry(Kind.UNMATCHED, "", "", AccessRule.denyAll(), List.of("deny: countersign.paths.unmatched"));

    private final SecurityMap map = new SecurityMap(List.of(REST, FIND, LIST));

    @Test
    void is_sorted_by_kind_then_route() {
        assertThat(map.entries()).containsExactly(LIST, FIND, REST);
    }

    @Test
    void the_text_is_an_aligned_table_with_one_line_an_entry() {
        List<String> lines = map.toText().lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .startsWith("resource   GET /orders/{id}  jwt ")
                .endsWith("dev.shop.Orders.find(String)  [schemes: countersign.default]");
        assertThat(lines.get(2)).startsWith("unmatched  -                 deny ");
        assertThat(lines.stream().map(l -> l.indexOf("[")))
                .containsOnly(lines.get(0).indexOf("["));
        assertThat(new SecurityMap(List.of()).toText()).isEmpty();
    }

    @Test
    void the_json_says_the_same_whatever_a_role_contains() {
        JsonArray json = Json.createReader(new StringReader(map.toJson())).readArray();

        assertThat(json).hasSize(3);
        assertThat(json.getJsonObject(0).getString("rule"))
                .isEqualTo(LIST.rule().toString());
        assertThat(json.getJsonObject(0).getJsonArray("sources").getString(1)).isEqualTo("roles: dev.shop.Orders");
        assertThat(json.getJsonObject(1).getString("route")).isEqualTo("GET /orders/{id}");
        assertThat(json.getJsonObject(1).getString("element")).isEqualTo("dev.shop.Orders.find(String)");
        assertThat(json.getJsonObject(2).getString("kind")).isEqualTo("unmatched");
        assertThat(Json.createReader(new StringReader(new SecurityMap(List.of()).toJson()))
                        .readArray())
                .isEmpty();
    }

    private static SecurityMap of(String route) {
        return new SecurityMap(List.of(new Entry(Kind.PATH, route, "", AccessRule.denyAll(), List.of())));
    }

    @Test
    void the_text_has_a_dash_for_what_is_not_known() {
        assertThat(of("").toText()).isEqualTo("path  -  deny  -  []\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\u0085", "\u2028", "\u2029", "\u007f"})
    void the_text_has_no_breaks_of_lines_inside_of_one(String breaks) {
        assertThat(of("/a" + breaks + "b").toText()).startsWith("path  /a?b  ");
    }

    @Test
    void the_json_is_printable_ASCII() {
        String json = of("\u001f ~\u007fé").toJson();

        assertThat(json).contains("\"\\u001f ~\\u007f\\u00e9\"");
    }
}
