package dev.countersign.authorization;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A class and its supertypes, nearest first, and which of their methods override each other.
 *
 * <p>The distance of a supertype is the longest way to it, so that a type is always nearer than what it extends, even if
 * a class names both. Parameter types are compared as the class sees them, with type variables replaced, so that a method
 * and the generic one it overrides are one; the bridge methods that the compiler adds are seen through.
 */
final class TypeHierarchy {
    /** One type of the hierarchy; the class itself has distance 0. */
    record Level(Class<?> type, int distance) {}

    private record Signature(String name, List<Class<?>> parameters) {}

    private final List<Level> levels;
    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    TypeHierarchy(Class<?> root) {
        Map<Class<?>, Integer> distances = new LinkedHashMap<>();
        visit(root, 0, distances);
        this.levels = new ArrayList<>();
        distances.forEach((type, distance) -> levels.add(new Level(type, distance)));
        levels.sort(Comparator.comparingInt(Level::distance));
    }

    /** The types, nearest first; {@code Object} is not among them. */
    List<Level> levels() {
        return levels;
    }

    /** The methods of {@code type}, one of the hierarchy, that are {@code method} or are overridden by it. */
    List<Method> overridden(Method method, Class<?> type) {
        Set<Signature> wanted = signatures(method);
        List<Method> found = new ArrayList<>();
        for (Method candidate : type.getDeclaredMethods()) {
            if (isOverridable(candidate, method.getDeclaringClass()) && wanted.contains(signature(candidate))) {
                found.add(candidate);
            }
        }
        return found;
    }

    private void visit(Class<?> type, int distance, Map<Class<?>, Integer> distances) {
        Integer known = distances.get(type);
        if (type == Object.class || (known != null && known >= distance)) {
            return;
        }
        distances.put(type, distance);
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(0, type.getGenericSuperclass());
        }
        for (Type supertype : supertypes) {
            if (supertype instanceof ParameterizedType parameterized) {
                TypeVariable<?>[] variables = erase(supertype).getTypeParameters();
                for (int i = 0; i < variables.length; i++) {
                    bindings.put(variables[i], parameterized.getActualTypeArguments()[i]);
                }
            }
            visit(erase(supertype), distance + 1, distances);
        }
    }

    /** A private or static method is never overridden, a package-private one only inside its package. */
    private static boolean isOverridable(Method method, Class<?> by) {
        int modifiers = method.getModifiers();
        if (method.isSynthetic() || Modifier.isPrivate(modifiers) || Modifier.isStatic(modifiers)) {
            return false;
        }
        return Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || method.getDeclaringClass().getPackageName().equals(by.getPackageName());
    }

    /**
     * The signature of the method, and of every generic method of the hierarchy that has the same erasure: a bridge
     * method, or what a proxy generates for one, stands for those.
     */
    private Set<Signature> signatures(Method method) {
        Set<Signature> signatures = new LinkedHashSet<>();
        signatures.add(signature(method));
        List<Class<?>> erased = List.of(method.getParameterTypes());
        for (Level level : levels) {
            for (Method candidate : level.type().getDeclaredMethods()) {
                if (!candidate.isSynthetic()
                        && candidate.getName().equals(method.getName())
                        && List.of(candidate.getParameterTypes()).equals(erased)) {
                    signatures.add(signature(candidate));
                }
            }
        }
        return signatures;
    }

    private Signature signature(Method method) {
        List<Class<?>> parameters = new ArrayList<>();
        for (Type parameter : method.getGenericParameterTypes()) {
            parameters.add(erase(parameter));
        }
        return new Signature(method.getName(), parameters);
    }

    private Class<?> erase(Type type) {
        if (type instanceof Class<?> c) {
            return c;
        }
        if (type instanceof ParameterizedType parameterized) {
            return erase(parameterized.getRawType());
        }
        if (type instanceof GenericArrayType array) {
            return erase(array.getGenericComponentType()).arrayType();
        }
        if (type instanceof TypeVariable<?> variable) {
            Type bound = bindings.get(variable);
            return erase(bound == null ? variable.getBounds()[0] : bound);
        }
        // A wildcard is neither a parameter's type nor what a supertype is made with (JLS 8.1.4).
        throw new IllegalArgumentException("Unknown kind of type: " + type);
    }
}
