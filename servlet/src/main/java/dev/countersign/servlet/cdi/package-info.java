/** {@code @Inject Caller} where there is CDI; nothing else loads these classes. */
@NullMarked
package dev.countersign.servlet.cdi;

import org.jspecify.annotations.NullMarked;
