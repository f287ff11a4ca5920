package dev.countersign.servlet.cdi;

import dev.countersign.Caller;
import dev.countersign.Identity;
import dev.countersign.servlet.Countersign;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The caller of a request, looked up at each call: a bean may ask before JAX-RS has matched the method. */
final class RequestCaller implements Caller {
    private final HttpServletRequest request;

    RequestCaller(HttpServletRequest request) {
        this.request = request;
    }

    private Caller caller() {
        return Countersign.caller(request);
    }

    @Override
    public List<Identity> identities() {
        return caller().identities();
    }

    @Override
    public Optional<Identity> identity(String scheme) {
        return caller().identity(scheme);
    }

    @Override
    public Set<String> scopes() {
        return caller().scopes();
    }

    @Override
    public Set<String> roles() {
        return caller().roles();
    }

    @Override
    public String getName() {
        return caller().getName();
    }

    @Override
    public String toString() {
        return caller().toString();
    }
}
