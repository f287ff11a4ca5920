package dev.countersign;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Reads the published test vectors below {@code vectors/}. */
public final class Vectors {
    private Vectors() {}

    /** The objects of a file that is one array, such as {@code http-auth/authorization.json}. */
    public static List<JsonObject> cases(String path) {
        return read(path).asJsonArray().getValuesAs(JsonObject.class);
    }

    /** The document of a file. */
    public static JsonStructure read(String path) {
        try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + path)) {
            if (in == null) {
                throw new IllegalArgumentException("No such vectors: " + path);
            }
            try (JsonReader reader = Json.createReader(in)) {
                return reader.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
