package dev.countersign.it.wars;

import dev.countersign.it.RawHttp;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every answer carries its own caller, with the threads that the server has by itself. */
@ExtendWith(ArquillianExtension.class)
public class ConcurrentIdentityIT {

    @Deployment(name = "crowd", testable = false)
    static WebArchive crowd() {
        return Crowd.war("crowd");
    }

    @Deployment(name = "crowdbeans", testable = false)
    static WebArchive crowdBeans() {
        return Crowd.beanWar("crowdbeans");
    }

    @Test
    void DISP_02_more_than_200_requests_of_two_users_and_of_nobody_at_a_time(
            @ArquillianResource @OperateOnDeployment("crowd") URL base) throws Exception {
        Crowd.allAtATime(RawHttp.to(base));
    }

    @Test
    void DISP_02_an_answer_that_another_callers_thread_sends_is_for_who_asked(
            @ArquillianResource @OperateOnDeployment("crowd") URL base) throws Exception {
        Crowd.wokenByAnother(RawHttp.to(base));
    }

    @Test
    void DISP_04_nobody_comes_after_a_user_also_after_an_exception(
            @ArquillianResource @OperateOnDeployment("crowd") URL base) throws Exception {
        Crowd.oneAfterTheOther(RawHttp.to(base));
    }

    @Test
    void DISP_02_an_application_scoped_bean_is_told_the_caller_of_each_of_200_requests(
            @ArquillianResource @OperateOnDeployment("crowdbeans") URL base) throws Exception {
        Crowd.beans(RawHttp.to(base));
    }
}
