package dev.countersign.it.tomcat10;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.Credentials;
import dev.countersign.it.Logs;
import dev.countersign.it.RawHttp;
import dev.countersign.it.Tokens;
import dev.countersign.it.Wars;
import dev.countersign.it.tomcat10.Leftovers.Memory;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.catalina.Context;
import org.junit.jupiter.api.Test;

/** An application that was deployed again and again leaves nothing behind in the server. */
class RedeployIT {
    private static final int TIMES = 20;
    private static final long MEBI = 1024L * 1024;

    /** What Tomcat says of an application that left something behind has this in all of its messages. */
    private static final String TOMCATS_WARNING = "memory leak";

    @Test
    void MEM_01_twenty_redeployments_leave_no_thread_no_hook_no_class_loader_and_no_memory() throws Exception {
        Left left =
                redeployed("redeploy", "", Credentials.alice(), Credentials.basic("bea", Credentials.BEAS_PASSWORD));
        assertThat(left.threads()).isEmpty();
        assertThat(left.hooks()).isEmpty();
        assertThat(left.log()).doesNotContain(TOMCATS_WARNING);
        replace();
        assertThat(Leftovers.alive(left.loaders())).isZero();
        Memory first = left.memory().get(0);
        Memory last = left.memory().get(left.memory().size() - 1);
        assertThat(last.heap() - first.heap()).isLessThan(16 * MEBI);
        assertThat(last.metaspace() - first.metaspace()).isLessThan(2 * MEBI);
        assertThat(last.classes() - first.classes()).isLessThan(200);
    }

    /**
     * The JDK holds the last record type in the JVM, and the last type of a component, whose {@code equals} or {@code hashCode}
     * was linked (the caches of a few method handles of {@code java.lang.runtime.ObjectMethods}), and with it one class loader,
     * until the next one: this is the next one. JDK 25 has a cache of its own for class loaders of applications.
     */
    private static void replace() throws ReflectiveOperationException, IOException {
        assertThat(new Replacing(new Part("a"))).isNotEqualTo(new Replacing(new Part("b")));
        URL[] classes = {RedeployIT.class.getProtectionDomain().getCodeSource().getLocation()};
        try (URLClassLoader apart = new URLClassLoader(classes, ClassLoader.getPlatformClassLoader())) {
            Class<?> part = Class.forName(Part.class.getName(), true, apart);
            Constructor<?> parts = part.getDeclaredConstructor(String.class);
            Constructor<?> replacing =
                    Class.forName(Replacing.class.getName(), true, apart).getDeclaredConstructor(part);
            parts.setAccessible(true);
            replacing.setAccessible(true);
            Object one = replacing.newInstance(parts.newInstance("a"));
            assertThat(one).isNotEqualTo(replacing.newInstance(parts.newInstance("b")));
            assertThat(one).hasSameHashCodeAs(replacing.newInstance(parts.newInstance("a")));
        }
    }

    private record Replacing(Part part) {}

    private record Part(String text) {}

    /**
     * What a number of deployments left behind.
     *
     * @param memory after the first of them, after half of them, and after the last
     */
    private record Left(
            Set<Thread> threads,
            List<Thread> hooks,
            String log,
            List<WeakReference<ClassLoader>> loaders,
            List<Memory> memory) {}

    /**
     * Deploys, sends requests with each scheme, and undeploys, once to warm up and then {@link #TIMES} times.
     *
     * @param users added to the file of users
     * @param passwords the fields that users send
     */
    private static Left redeployed(String name, String users, String... passwords) throws Exception {
        try (OwnTomcat tomcat = OwnTomcat.start(connector -> {
                    connector.setProperty("maxThreads", "4");
                    connector.setProperty("minSpareThreads", "4");
                });
                Logs logs = Logs.open()) {
            Path unpacked = tomcat.unpack(Wars.main());
            Files.writeString(unpacked.resolve("WEB-INF/users.properties"), users, StandardOpenOption.APPEND);
            deployed(tomcat, name, unpacked, passwords);
            Set<Thread> threads = Leftovers.threads();
            List<Thread> hooks = Leftovers.shutdownHooks();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            List<Memory> memory = new ArrayList<>();
            List<String> table = new ArrayList<>();
            for (int i = 1; i <= TIMES; i++) {
                loaders.add(deployed(tomcat, name, unpacked, passwords));
                if (i == 1 || i == TIMES / 2 || i == TIMES) {
                    Memory now = Memory.now();
                    memory.add(now);
                    table.add(now.row(i));
                }
            }
            Files.write(Path.of("target", name + ".md"), table);
            Set<Thread> newThreads = new HashSet<>(Leftovers.threads());
            newThreads.removeAll(threads);
            List<Thread> newHooks = new ArrayList<>(Leftovers.shutdownHooks());
            newHooks.removeAll(hooks);
            return new Left(newThreads, newHooks, logs.text(), loaders, memory);
        }
    }

    private static WeakReference<ClassLoader> deployed(
            OwnTomcat tomcat, String name, Path unpacked, String... passwords) throws Exception {
        Context context = tomcat.add(name, unpacked);
        WeakReference<ClassLoader> loader =
                new WeakReference<>(context.getLoader().getClassLoader());
        assertThat(Leftovers.threads()).extracting(Thread::getName).contains("countersign-reload");
        RawHttp http = RawHttp.to(tomcat.url(name));
        for (String password : passwords) {
            answers(http, "/api/schemes/password", password);
        }
        answers(http, "/api/schemes/key", Credentials.key(Credentials.READER));
        answers(
                http,
                "/api/schemes/token",
                Credentials.bearer(Tokens.granting("orders:read").signed()));
        answers(http, "/hello", "X-Nothing: sent");
        assertThat(http.get("/api/schemes/key", Credentials.key(Credentials.UNKNOWN))
                        .status())
                .isEqualTo(401);
        tomcat.remove(context);
        return loader;
    }

    private static void answers(RawHttp http, String path, String credential) throws IOException {
        assertThat(http.get(path, credential).status()).as(path).isEqualTo(200);
    }
}
