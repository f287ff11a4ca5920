/** Signing clients and webhook senders of other vendors, against an application behind Countersign. */
@NullMarked
package dev.countersign.it.signers;

import org.jspecify.annotations.NullMarked;
