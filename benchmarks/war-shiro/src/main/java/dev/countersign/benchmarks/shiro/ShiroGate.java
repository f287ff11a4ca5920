package dev.countersign.benchmarks.shiro;

import dev.countersign.benchmarks.app.Material;
import jakarta.servlet.annotation.WebFilter;
import java.security.MessageDigest;
import org.apache.shiro.authc.AuthenticationInfo;
import org.apache.shiro.authc.AuthenticationToken;
import org.apache.shiro.authc.SimpleAuthenticationInfo;
import org.apache.shiro.authc.UsernamePasswordToken;
import org.apache.shiro.mgt.DefaultSessionStorageEvaluator;
import org.apache.shiro.mgt.DefaultSubjectDAO;
import org.apache.shiro.realm.AuthenticatingRealm;
import org.apache.shiro.web.filter.authc.BasicHttpAuthenticationFilter;
import org.apache.shiro.web.filter.mgt.DefaultFilterChainManager;
import org.apache.shiro.web.filter.mgt.PathMatchingFilterChainResolver;
import org.apache.shiro.web.filter.session.NoSessionCreationFilter;
import org.apache.shiro.web.mgt.DefaultWebSecurityManager;
import org.apache.shiro.web.servlet.AbstractShiroFilter;
import org.jspecify.annotations.Nullable;

/** HTTP Basic with a hash that costs next to nothing, and neither sessions nor cookies. */
@WebFilter("/*")
public final class ShiroGate extends AbstractShiroFilter {
    @Override
    public void init() {
        DefaultSessionStorageEvaluator noSessions = new DefaultSessionStorageEvaluator();
        noSessions.setSessionStorageEnabled(false);
        DefaultSubjectDAO subjects = new DefaultSubjectDAO();
        subjects.setSessionStorageEvaluator(noSessions);
        DefaultWebSecurityManager manager = new DefaultWebSecurityManager(new OneUser());
        manager.setSubjectDAO(subjects);
        manager.setRememberMeManager(null);
        setSecurityManager(manager);

        DefaultFilterChainManager chains = new DefaultFilterChainManager();
        chains.addFilter("stateless", new NoSessionCreationFilter());
        chains.addFilter("basic", new BasicHttpAuthenticationFilter());
        chains.createChain("/**", "stateless, basic");
        PathMatchingFilterChainResolver resolver = new PathMatchingFilterChainResolver();
        resolver.setFilterChainManager(chains);
        setFilterChainResolver(resolver);
    }

    private static final class OneUser extends AuthenticatingRealm {
        private final byte[] known = Material.sha256(Material.PASSWORD);

        OneUser() {
            setCredentialsMatcher((token, account) -> {
                String sent = new String(((UsernamePasswordToken) token).getPassword());
                return MessageDigest.isEqual(known, Material.sha256(sent));
            });
        }

        @Override
        protected @Nullable AuthenticationInfo doGetAuthenticationInfo(AuthenticationToken token) {
            return token.getPrincipal().equals(Material.USER)
                    ? new SimpleAuthenticationInfo(Material.USER, known, getName())
                    : null;
        }
    }
}
