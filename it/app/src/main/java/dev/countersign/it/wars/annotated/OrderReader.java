package dev.countersign.it.wars.annotated;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.countersign.it.wars.counted.Calls;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyReader;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;

/** Reads an order, and counts that it was asked to: a refused request must not come here. */
@Provider
@Consumes("application/json")
public class OrderReader implements MessageBodyReader<Order> {
    @Override
    public boolean isReadable(Class<?> type, Type generic, Annotation[] annotations, MediaType media) {
        return type == Order.class;
    }

    @Override
    public Order readFrom(
            Class<Order> type,
            Type generic,
            Annotation[] annotations,
            MediaType media,
            MultivaluedMap<String, String> fields,
            InputStream entity)
            throws IOException {
        Calls.add();
        String text = new String(entity.readAllBytes(), UTF_8);
        if (!text.startsWith("{") || !text.endsWith("}")) {
            throw new BadRequestException("no order");
        }
        return new Order(text);
    }
}
