package dev.countersign.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.AccessRule;
import dev.countersign.annotation.RequireScope;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.RolesAllowed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Applications where an annotation's class comes from elsewhere than expected, or from nowhere. */
final class ClassLoaderTest {
    /** Defines classes of its own for some names, and hides others. */
    private static final class Child extends ClassLoader {
        private final Predicate<String> own;
        private final Predicate<String> hidden;

        Child(Predicate<String> own, Predicate<String> hidden) {
            super(ClassLoaderTest.class.getClassLoader());
            this.own = own;
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (hidden.test(name)) {
                throw new ClassNotFoundException(name);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null || !own.test(name)) {
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    public static class Resource {
        @RequireScope("a")
        public void scoped() {}

        @RolesAllowed("x")
        public void roles() {}

        @DenyAll
        public void denied() {}
    }

    @Test
    void ANN_03_annotations_of_another_copy_of_the_library_stop_the_deployment() throws ClassNotFoundException {
        Child child = new Child(
                name -> name.equals(Resource.class.getName())
                        || name.startsWith("dev.countersign.annotation.")
                        || name.startsWith("jakarta.annotation.security."),
                name -> false);
        Class<?> resource = child.loadClass(Resource.class.getName());

        assertThat(Compiling.problems(resource, "scoped"))
                .singleElement()
                .asString()
                .contains("@RequireScope comes from another copy of countersign-core");
        assertThat(Compiling.problems(resource, "roles")).isNotEmpty();
        assertThat(Compiling.rule(resource, "denied")).isEqualTo(AccessRule.denyAll());
    }

    /** Runs where Jakarta Annotations are missing; a {@code Runnable} so that this side can call it. */
    public static final class WithoutJakarta implements Runnable {
        @Override
        public void run() {
            for (Method method : Resource.class.getMethods()) {
                if (method.getName().equals("scoped")) {
                    assertThat(Compiling.rule(Resource.class, method)).hasToString("jwt; scopes=a");
                }
            }
        }
    }

    @Test
    void a_server_without_jakarta_annotations_is_served() throws ReflectiveOperationException {
        Child child =
                new Child(name -> name.startsWith("dev.countersign."), name -> name.startsWith("jakarta.annotation."));

        Runnable inside = (Runnable) child.loadClass(WithoutJakarta.class.getName())
                .getDeclaredConstructor()
                .newInstance();

        assertThat(inside.getClass().getClassLoader()).isSameAs(child);
        inside.run();
    }
}
