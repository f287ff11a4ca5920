package dev.countersign.it.wars;

import dev.countersign.it.RawHttp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What the JVM records of virtual threads that block while they hold on to the thread that carries them. */
public final class Pinned {
    private static final String EVENT = "jdk.VirtualThreadPinned";

    private Pinned() {}

    /** The events while a {@link Crowd} is served that was served before, so that every class is loaded. */
    public static List<RecordedEvent> during(RawHttp crowd) throws Exception {
        Crowd.allAtATime(crowd);
        Path file = Files.createTempFile("pinned", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withoutThreshold().withStackTrace();
            recording.start();
            Crowd.allAtATime(crowd);
            recording.stop();
            recording.dump(file);
            return events(file);
        } finally {
            Files.delete(file);
        }
    }

    private static List<RecordedEvent> events(Path file) throws IOException {
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .toList();
    }
}
