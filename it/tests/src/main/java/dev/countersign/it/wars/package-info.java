/** Small deployments, most of which have something wrong with them: none of them may be open. */
@NullMarked
package dev.countersign.it.wars;

import org.jspecify.annotations.NullMarked;
