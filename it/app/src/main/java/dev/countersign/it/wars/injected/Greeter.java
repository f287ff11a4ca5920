package dev.countersign.it.wars.injected;

import dev.countersign.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One bean for all requests; two of them are inside at the same time. */
@ApplicationScoped
public class Greeter {
    private final CyclicBarrier two = new CyclicBarrier(2);

    @Inject
    @SuppressWarnings("NullAway.Init")
    Caller caller;

    /** For containers. */
    public Greeter() {}

    /** Who calls, before and after the other one has come. */
    public String meet() throws InterruptedException, BrokenBarrierException, TimeoutException {
        String before = caller.getName();
        two.await(20, TimeUnit.SECONDS);
        return before + " " + caller.getName() + " " + caller.hasRole("admin");
    }

    /** Who calls. */
    public String greet() {
        return caller.isAnonymous() ? "nobody" : caller.getName();
    }
}
