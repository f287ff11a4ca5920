/** What happens to tokens after they were issued: revocation by id and by subject. */
@NullMarked
package dev.countersign.token;

import org.jspecify.annotations.NullMarked;
