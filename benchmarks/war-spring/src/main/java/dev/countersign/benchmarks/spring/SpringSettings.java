package dev.countersign.benchmarks.spring;

import dev.countersign.benchmarks.app.Material;
import jakarta.servlet.ServletContext;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;

/**
 * The scheme that the context parameter {@code scheme} names: {@code key}, {@code basic}, {@code basic-bcrypt} or
 * {@code jwt}. What an API has no use for, and the fields for browsers, are off.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class SpringSettings {
    /** The chain of filters. */
    @Bean
    public SecurityFilterChain chain(HttpSecurity http, ServletContext context) throws Exception {
        http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .headers(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable);
        switch (context.getInitParameter("scheme")) {
            case "key" ->
                http.addFilterBefore(
                                new ApiKeyFilter(Material.owners(Path.of(context.getInitParameter("keys")))),
                                BasicAuthenticationFilter.class)
                        .exceptionHandling(errors ->
                                errors.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)));
            case "jwt" ->
                http.oauth2ResourceServer(server -> server.jwt(jwt -> jwt.decoder(
                        Decoders.of(context.getInitParameter("algorithm"), Path.of(context.getInitParameter("key"))))));
            default -> http.httpBasic(Customizer.withDefaults());
        }
        return http.build();
    }

    /** The one user. */
    @Bean
    public UserDetailsService users(PasswordEncoder encoder) {
        return new InMemoryUserDetailsManager(User.withUsername(Material.USER)
                .password(encoder.encode(Material.PASSWORD))
                .build());
    }

    /** How the password is hashed. */
    @Bean
    public PasswordEncoder passwords(ServletContext context) {
        return context.getInitParameter("scheme").equals("basic-bcrypt")
                ? new BCryptPasswordEncoder(10)
                : new CheapPasswordEncoder();
    }
}
