package dev.countersign.it.jetty12;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.wars.CrowdOnThreads;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** As many threads as requests at a time, all of them there from the start. */
class ManyThreadsIT extends CrowdOnThreads {
    @Override
    protected OwnServer start() throws Exception {
        return OwnJetty.start(new QueuedThreadPool(250, 250));
    }

    @Override
    protected void served(List<String> threads) {
        assertThat(threads).hasSizeGreaterThan(1);
    }
}
