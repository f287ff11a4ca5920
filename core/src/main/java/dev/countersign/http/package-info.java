/** The grammar of HTTP: header fields, addresses, paths and queries, each read in exactly one way or refused. */
@NullMarked
package dev.countersign.http;

import org.jspecify.annotations.NullMarked;
