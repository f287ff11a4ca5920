package dev.countersign.it.tomcat10;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** As many threads as requests at a time, all of them there from the start. */
class ManyThreadsIT extends TomcatThreads {
    @Override
    protected OwnServer start() throws Exception {
        return OwnTomcat.start(connector -> {
            connector.setProperty("maxThreads", "250");
            connector.setProperty("minSpareThreads", "250");
        });
    }

    @Override
    protected void served(List<String> threads) {
        assertThat(threads).hasSizeGreaterThan(1);
    }
}
