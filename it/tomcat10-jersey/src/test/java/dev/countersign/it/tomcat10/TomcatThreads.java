package dev.countersign.it.tomcat10;

import dev.countersign.it.wars.Crowd;
import dev.countersign.it.wars.CrowdOnThreads;
import org.junit.jupiter.api.Test;

/** What holds with any threads of Tomcat. */
abstract class TomcatThreads extends CrowdOnThreads {
    @Test
    void DISP_02_more_than_200_requests_that_run_into_a_timeout_at_a_time() throws Exception {
        Crowd.timeoutsAtATime(crowd());
    }
}
