/** Resources that code hands to RESTEasy. */
@NullMarked
package dev.countersign.it.wars.registered;

import org.jspecify.annotations.NullMarked;
