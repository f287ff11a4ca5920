package dev.countersign.it.jetty12;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.wars.CrowdOnThreads;
import java.util.List;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** One thread serves all requests, beside the two that Jetty keeps for connections. */
class OneThreadIT extends CrowdOnThreads {
    private static final int CONNECTIONS = 2;

    @Override
    protected OwnServer start() throws Exception {
        QueuedThreadPool threads = new QueuedThreadPool(CONNECTIONS + 1, CONNECTIONS + 1);
        threads.setReservedThreads(0);
        return OwnJetty.start(threads);
    }

    @Override
    protected void served(List<String> threads) {
        assertThat(threads).hasSize(1);
    }
}
