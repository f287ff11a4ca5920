package dev.countersign.it.tomcat10;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What this JVM holds beside the objects that are in use: threads, shutdown hooks, class loaders, memory. */
final class Leftovers {
    private static final int COLLECTIONS = 30;
    private static final double MEBI = 1024.0 * 1024.0;

    private Leftovers() {}

    /** The threads that live, those of timers among them. */
    static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    /** The hooks that run when the JVM ends. They are not shown by any API. */
    static List<Thread> shutdownHooks() throws ReflectiveOperationException {
        Field hooks = Class.forName("java.lang.ApplicationShutdownHooks").getDeclaredField("hooks");
        hooks.setAccessible(true);
        List<Thread> found = new ArrayList<>();
        for (Object hook : ((Map<?, ?>) hooks.get(null)).keySet()) {
            found.add((Thread) hook);
        }
        return found;
    }

    /** How many are still there after as many collections as they need, but not more than a few. */
    static long alive(Collection<WeakReference<ClassLoader>> loaders) {
        long alive = count(loaders);
        for (int i = 0; alive > 0 && i < COLLECTIONS; i++) {
            System.gc();
            alive = count(loaders);
        }
        return alive;
    }

    private static long count(Collection<WeakReference<ClassLoader>> loaders) {
        return loaders.stream().filter(loader -> !loader.refersTo(null)).count();
    }

    /** Memory after a collection. */
    record Memory(long heap, long metaspace, int classes) {
        static Memory now() {
            System.gc();
            System.gc();
            return new Memory(
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getName().equals("Metaspace"))
                            .map(MemoryPoolMXBean::getUsage)
                            .mapToLong(usage -> usage.getUsed())
                            .sum(),
                    ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        }

        /** A line of a table. */
        String row(int redeployments) {
            return String.format(
                    Locale.ROOT,
                    "| %d | %.1f MiB | %.1f MiB | %d |",
                    redeployments,
                    heap / MEBI,
                    metaspace / MEBI,
                    classes);
        }
    }
}
