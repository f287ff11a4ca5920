package dev.countersign.it.attacks;

import dev.countersign.it.RawHttp;
import dev.countersign.it.Wars;
import dev.countersign.it.wars.Configured;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** WARs of plain servlets that show what an attack changed. */
final class AttackedWars {

    private AttackedWars() {}

    /** With these settings. */
    static WebArchive with(String name, String settings) {
        return Configured.settings(Wars.plain(name, "attacks"), settings)
                .addAsServiceProvider(
                        "jakarta.servlet.ServletContainerInitializer",
                        "dev.countersign.it.wars.attacks.AttackedInitializer");
    }

    /**
     * The decisions since this was asked last.
     *
     * @param http a client whose request for them is let in
     */
    static List<Event> events(RawHttp http) throws IOException {
        return http.get("/events").text().lines().map(Event::parse).collect(Collectors.toList());
    }

    /** What was written down of one request. */
    record Event(String userAgent, String type, String status, String code, String client, String peer) {
        private static Event parse(String line) {
            String[] fields = line.split("\\|", -1);
            if (fields.length != 6) {
                throw new IllegalArgumentException("no event: " + line);
            }
            return new Event(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5]);
        }
    }
}
