package dev.countersign.it.wars.injected;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/** Puts a mark in front of every text, to show that it ran. */
@Marked
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
public class Marker {
    /** For containers. */
    public Marker() {}

    @AroundInvoke
    Object mark(InvocationContext call) throws Exception {
        return "marked " + call.proceed();
    }
}
