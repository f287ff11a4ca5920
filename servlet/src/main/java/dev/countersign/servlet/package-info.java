/** The adapters between the servlet container and the Gate: no security decision is taken here. */
@NullMarked
package dev.countersign.servlet;

import org.jspecify.annotations.NullMarked;
