package dev.countersign.it.tomcat10;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.wars.Pinned;
import java.util.List;
import org.apache.catalina.core.StandardVirtualThreadExecutor;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;

/** Each request has a virtual thread of its own. Not named as the other tests are: Java 17 has none. */
class VirtualThreadsOnJdk25 extends TomcatThreads {
    @Override
    protected OwnServer start() throws Exception {
        StandardVirtualThreadExecutor threads = new StandardVirtualThreadExecutor();
        threads.start();
        return OwnTomcat.start(
                connector -> ((AbstractProtocol<?>) connector.getProtocolHandler()).setExecutor(threads));
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
