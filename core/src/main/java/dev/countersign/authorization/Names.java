package dev.countersign.authorization;

import java.lang.reflect.Method;
import java.util.StringJoiner;

/** How messages and the security map name a method: {@code dev.shop.OrderResource.create(Order)}. */
final class Names {
    private Names() {}

    static String of(Method method) {
        return of(method.getDeclaringClass(), method);
    }

    /** The method as a member of {@code type}, which may inherit it. */
    static String of(Class<?> type, Method method) {
        StringJoiner parameters = new StringJoiner(", ", "(", ")");
        for (Class<?> parameter : method.getParameterTypes()) {
            parameters.add(parameter.getSimpleName());
        }
        return type.getName() + "." + method.getName() + parameters;
    }
}
