package dev.countersign.signature;

import java.util.Map;

/** How a structured field is built (RFC 8941 section 3): what must be known of a field before it can be read as one. */
public enum FieldType {
    /** One item. */
    ITEM,
    /** A list of items and inner lists. */
    LIST,
    /** Items and inner lists by their keys. */
    DICTIONARY;

    /** The fields, in lower case, that an RFC defines as structured. */
    public static final Map<String, FieldType> KNOWN = Map.ofEntries(
            Map.entry("accept-ch", LIST),
            Map.entry("accept-signature", DICTIONARY),
            Map.entry("cache-status", LIST),
            Map.entry("capsule-protocol", ITEM),
            Map.entry("cdn-cache-control", DICTIONARY),
            Map.entry("client-cert", ITEM),
            Map.entry("client-cert-chain", LIST),
            Map.entry("content-digest", DICTIONARY),
            Map.entry("priority", DICTIONARY),
            Map.entry("proxy-status", LIST),
            Map.entry("repr-digest", DICTIONARY),
            Map.entry("signature", DICTIONARY),
            Map.entry("signature-input", DICTIONARY),
            Map.entry("want-content-digest", DICTIONARY),
            Map.entry("want-repr-digest", DICTIONARY));
}
