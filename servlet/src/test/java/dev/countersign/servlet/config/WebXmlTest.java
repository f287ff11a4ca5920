package dev.countersign.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WebXmlTest {
    private static final String ALL = "<dispatcher>REQUEST</dispatcher><dispatcher>FORWARD</dispatcher>"
            + "<dispatcher>INCLUDE</dispatcher><dispatcher>ERROR</dispatcher><dispatcher>ASYNC</dispatcher>";
    private static final String ASYNC = "<async-supported>true</async-supported>";

    private static WebXml read(String content) throws IOException {
        return WebXml.read(new ByteArrayInputStream(
                ("<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\">" + content + "</web-app>")
                        .getBytes(StandardCharsets.UTF_8)));
    }

    private static String filter(String async) {
        return "<filter><filter-name>c</filter-name><filter-class>dev.countersign.servlet.CountersignFilter</filter-class>"
                + async + "</filter>";
    }

    private static String mapping(String name, String pattern, String dispatchers) {
        return "<filter-mapping><filter-name>" + name + "</filter-name><url-pattern>" + pattern + "</url-pattern>"
                + dispatchers + "</filter-mapping>";
    }

    @Test
    void accepts_the_mapping_that_the_initializer_would_make() throws IOException {
        WebXml webXml = read(filter(ASYNC) + mapping("c", "/*", ALL) + mapping("other", "/*", ""));
        assertThat(webXml.declaresFilter("c")).isTrue();
        assertThat(webXml.filterProblems("c")).isEmpty();
    }

    @Test
    void DISP_06_names_each_wrong_mapping() throws IOException {
        assertThat(read(filter("") + mapping("c", "/*", ALL)).filterProblems("c"))
                .singleElement()
                .asString()
                .contains("filter c", "async-supported");
        assertThat(read(filter(ASYNC) + mapping("c", "/*.do", ALL)).filterProblems("c"))
                .singleElement()
                .asString()
                .contains("/*.do", "(expected: /*)");
        assertThat(read(filter(ASYNC) + mapping("c", "/*", "")).filterProblems("c"))
                .singleElement()
                .asString()
                .contains("FORWARD, INCLUDE, ERROR, ASYNC");
        assertThat(read(filter(ASYNC) + mapping("jaxrs", "/*", "") + mapping("c", "/*", ALL))
                        .filterProblems("c"))
                .singleElement()
                .asString()
                .contains("behind that of jaxrs");
        assertThat(read(filter(ASYNC)).filterProblems("c"))
                .singleElement()
                .asString()
                .contains("no url-pattern");
    }

    @Test
    void reads_nothing_outside_the_file() throws IOException {
        String hostile = "<!DOCTYPE web-app [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>"
                + "<web-app><filter><filter-name>&x;</filter-name></filter></web-app>";
        WebXml webXml = WebXml.read(new ByteArrayInputStream(hostile.getBytes(StandardCharsets.UTF_8)));
        assertThat(webXml.declaresFilter("")).isTrue();
    }

    @Test
    void refuses_what_is_no_xml() {
        assertThatThrownBy(() -> read("<filter>")).isInstanceOf(IOException.class);
    }
}
