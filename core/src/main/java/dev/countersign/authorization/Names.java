package dev.countersign.authorization;

import java.lang.reflect.Method;
import java.util.StringJoiner;

/** How messages and the security map name a method: {@code dev.shop.OrderResource.create(Order)}. */
final class Names {
    private Names() {}

    static String of(Method method) {
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (Class<?> parameter : method.getParameterTypes()) {
            parameters.add(parameter.getSimpleName());
        }
        return method.getDeclaringClass().getName() + "." + method.getName() + parameters;
    }
}
