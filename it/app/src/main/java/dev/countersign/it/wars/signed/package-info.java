/** Resources and servlets that read content in every way, behind a scheme that has read it before. */
@NullMarked
package dev.countersign.it.wars.signed;

import org.jspecify.annotations.NullMarked;
