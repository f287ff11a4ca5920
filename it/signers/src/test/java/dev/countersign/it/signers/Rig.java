package dev.countersign.it.signers;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the {@link Site} and the {@link NodePeers}; each is started when it is first wanted, and then kept. */
final class Rig implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Site.class || type == NodePeers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Store kept = context.getRoot().getStore(Namespace.create(Rig.class));
        if (parameter.getParameter().getType() == NodePeers.class) {
            return kept.getOrComputeIfAbsent("node", key -> started(NodePeers::start), NodePeers.class);
        }
        Place place = parameter.findAnnotation(At.class).map(At::value).orElse(Place.DIRECT);
        return kept.getOrComputeIfAbsent(place, key -> started(() -> Site.start(place)), Site.class);
    }

    private static <T> T started(Start<T> start) {
        try {
            return start.start();
        } catch (Exception e) {
            throw new ParameterResolutionException(String.valueOf(e.getMessage()), e);
        }
    }

    @FunctionalInterface
    private interface Start<T> {
        T start() throws Exception;
    }
}
