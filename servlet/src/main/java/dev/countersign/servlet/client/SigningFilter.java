package dev.countersign.servlet.client;

import dev.countersign.client.HeaderField;
import dev.countersign.client.OutgoingRequest;
import dev.countersign.client.RequestSigner;
import dev.countersign.http.Ascii;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Signs requests without an entity in the filter, others when their entity was written. Public, because runtimes look at its
 * type.
 */
final class SigningFilter implements ClientRequestFilter, WriterInterceptor {
    private static final String REQUEST = SigningFilter.class.getName() + ".request";
    private static final String JERSEY_FOLLOWS_REDIRECTS = "jersey.config.client.followRedirects";

    private final RequestSigner signer;
    private final int maxEntityBytes;

    SigningFilter(RequestSigner signer, int maxEntityBytes) {
        this.signer = signer;
        this.maxEntityBytes = maxEntityBytes;
    }

    @Override
    public void filter(ClientRequestContext context) {
        context.setProperty(JERSEY_FOLLOWS_REDIRECTS, false);
        OutgoingRequest request = OutgoingRequest.of(context.getMethod(), context.getUri());
        if (context.hasEntity()) {
            context.setUri(request.uri());
            context.setProperty(REQUEST, context);
            return;
        }
        OutgoingRequest unsigned = withFields(request, context);
        OutgoingRequest signed = signer.sign(unsigned);
        context.setUri(signed.uri());
        change(context.getHeaders(), unsigned, signed);
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (!(context.getProperty(REQUEST) instanceof ClientRequestContext request)) {
            throw new ProcessingException("The request was not seen before its entity, so that it cannot be signed");
        }
        context.removeProperty(REQUEST);
        OutputStream connection = context.getOutputStream();
        BoundedOutput entity = new BoundedOutput(maxEntityBytes);
        context.setOutputStream(entity);
        try {
            context.proceed();
        } catch (IOException e) {
            // After an IOException Jersey sends what it has, which would be a request without entity and signature.
            throw new ProcessingException(e);
        } finally {
            context.setOutputStream(connection);
        }
        OutgoingRequest unsigned = withFields(OutgoingRequest.of(request.getMethod(), request.getUri()), request)
                .body(entity.toByteArray());
        OutgoingRequest signed = signer.sign(unsigned);
        if (!signed.uri().equals(unsigned.uri())) {
            throw new ProcessingException(
                    "A URI cannot be signed once its entity is known (expected: a signature in a field)");
        }
        // The fields are sent with the first byte of the entity, so they are complete before it.
        change(context.getHeaders(), unsigned, signed);
        connection.write(unsigned.body());
    }

    private static OutgoingRequest withFields(OutgoingRequest request, ClientRequestContext context) {
        OutgoingRequest filled = request;
        for (Map.Entry<String, List<String>> field : context.getStringHeaders().entrySet()) {
            for (String value : field.getValue()) {
                filled = filled.header(field.getKey(), value);
            }
        }
        return filled;
    }

    /** Puts what the signer has added or changed; everything else keeps the form that the application gave it. */
    private static void change(
            MultivaluedMap<String, Object> fields, OutgoingRequest unsigned, OutgoingRequest signed) {
        for (HeaderField field : signed.fields()) {
            List<String> values = signed.headers(field.name());
            if (!values.equals(unsigned.headers(field.name()))) {
                for (String name : List.copyOf(fields.keySet())) {
                    if (Ascii.equalsIgnoreCase(name, field.name())) {
                        fields.remove(name);
                    }
                }
                fields.put(field.name(), new ArrayList<>(values));
            }
        }
    }
}
