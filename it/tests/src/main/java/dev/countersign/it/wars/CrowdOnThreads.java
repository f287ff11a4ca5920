package dev.countersign.it.wars;

import static org.assertj.core.api.Assertions.assertThat;

import dev.countersign.it.RawHttp;
import java.net.URL;
import java.util.List;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Every answer carries its own caller, with the threads of a server that the test itself starts. */
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
public abstract class CrowdOnThreads {
    private OwnServer server;
    private RawHttp crowd;
    private RawHttp beans;

    /** A server that runs in this JVM. */
    public interface OwnServer {
        /** Deploys a WAR, and gives its URL. */
        URL deploy(WebArchive war) throws Exception;

        /** Ends it. */
        void stop() throws Exception;
    }

    /** For subclasses. */
    protected CrowdOnThreads() {}

    /** Starts the server with its threads. */
    protected abstract OwnServer start() throws Exception;

    /** Looks at the threads that served one request after the other, each once. */
    protected abstract void served(List<String> threads);

    @BeforeAll
    void deploy() throws Exception {
        server = start();
        crowd = RawHttp.to(server.deploy(Crowd.war("crowd")));
        beans = RawHttp.to(server.deploy(Crowd.beanWar("crowdbeans")));
    }

    @AfterAll
    void stop() throws Exception {
        server.stop();
    }

    /** The client of the WAR that answers in every way. */
    protected final RawHttp crowd() {
        return crowd;
    }

    @Test
    void DISP_02_more_than_200_requests_of_two_users_and_of_nobody_at_a_time() throws Exception {
        Crowd.allAtATime(crowd);
    }

    @Test
    void DISP_02_an_answer_that_another_callers_thread_sends_is_for_who_asked() throws Exception {
        Crowd.wokenByAnother(crowd);
    }

    @Test
    void DISP_04_nobody_comes_after_a_user_on_the_same_thread_also_after_an_exception() throws Exception {
        List<String> threads = Crowd.oneAfterTheOther(crowd);
        assertThat(threads).isNotEmpty();
        served(threads);
    }

    @Test
    void DISP_02_an_application_scoped_bean_is_told_the_caller_of_each_of_200_requests() throws Exception {
        Crowd.beans(beans);
    }
}
