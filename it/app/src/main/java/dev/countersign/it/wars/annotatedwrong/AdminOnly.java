package dev.countersign.it.wars.annotatedwrong;

import dev.countersign.annotation.RequireScope;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Meant to stand for the annotation that it carries. */
@RequireScope("admin")
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface AdminOnly {}
