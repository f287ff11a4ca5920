package dev.countersign.it.tomcat10;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** One thread serves all requests. */
class OneThreadIT extends TomcatThreads {
    @Override
    protected OwnServer start() throws Exception {
        return OwnTomcat.start(connector -> {
            connector.setProperty("maxThreads", "1");
            connector.setProperty("minSpareThreads", "1");
        });
    }

    @Override
    protected void served(List<String> threads) {
        assertThat(threads).hasSize(1);
    }
}
