package dev.countersign.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page with figures between marks; what stands around them is written by hand and stays. */
final class Report {
    private final Path page;

    Report(Path page) {
        this.page = page;
    }

    /**
     * Writes figures in place of those of that name.
     *
     * @throws IOException if the page has no such marks
     */
    void replace(String name, String figures) throws IOException {
        String begin = "<!-- figures: " + name + " -->\n";
        String end = "<!-- end of figures -->";
        String text = Files.readString(page);
        int from = text.indexOf(begin);
        int to = from < 0 ? -1 : text.indexOf(end, from);
        if (to < 0) {
            throw new IOException(page + " has no place for the figures: " + name);
        }
        Files.writeString(page, text.substring(0, from + begin.length()) + figures + text.substring(to));
    }
}
