package dev.countersign.it.wars.annotated;

/**
 * An entity.
 *
 * @param text as it was sent
 */
public record Order(String text) {}
