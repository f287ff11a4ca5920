package dev.countersign.servlet.body;

import java.nio.file.Path;

/**
 * What is kept of one request's content, and where.
 *
 * @param max the most bytes; more is refused
 * @param memory the most bytes in memory; more is kept in a temporary file
 * @param directory of temporary files
 */
public record BodyLimits(int max, int memory, Path directory) {}
