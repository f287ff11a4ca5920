package dev.countersign.it.jetty12;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.wars.CrowdOnThreads;
import dev.countersign.it.wars.Pinned;
import java.util.List;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.Test;

/** Each request has a virtual thread of its own. Not named as the other tests are: Java 17 has none. */
class VirtualThreadsOnJdk25 extends CrowdOnThreads {
    @Override
    protected OwnServer start() throws Exception {
        return OwnJetty.start(new VirtualThreadPool());
    }

    @Override
    protected void served(List<String> threads) {
        assertThat(threads).hasSizeGreaterThan(1).allMatch(thread -> thread.startsWith("VirtualThread["));
    }

    @Test
    void no_request_pins_the_thread_that_carries_its_virtual_one() throws Exception {
        assertThat(Pinned.during(crowd())).isEmpty();
    }
}
