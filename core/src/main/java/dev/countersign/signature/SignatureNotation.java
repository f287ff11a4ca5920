package dev.countersign.signature;

import dev.countersign.http.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How signatures stand in a field. Reading is strict and bounded: a field has at most {@value #MOST_ITEMS} items, and what
 * is not understood makes it unreadable or, where the provider says so, is passed over.
 */
public sealed interface SignatureNotation {
    /** The most items of one field. */
    int MOST_ITEMS = 16;

    /**
     * What a field said.
     *
     * @param signatures as they stand there, not decoded
     * @param publicSignatures those that were made with a private key, where a notation knows both kinds
     * @param timestamp the timestamp, where it stands in the same field
     * @param problem why the field cannot be read, for the log: small letters and underscores; empty if it can, and then
     *     there is at least one signature
     */
    record Reading(
            List<String> signatures,
            List<String> publicSignatures,
            Optional<String> timestamp,
            Optional<String> problem) {
        /** Copies the lists. */
        public Reading {
            signatures = List.copyOf(signatures);
            publicSignatures = List.copyOf(publicSignatures);
        }

        private static Reading of(List<String> signatures, List<String> publicSignatures, Optional<String> timestamp) {
            return signatures.isEmpty() && publicSignatures.isEmpty()
                    ? unreadable("no_signature")
                    : new Reading(signatures, publicSignatures, timestamp, Optional.empty());
        }

        private static Reading unreadable(String problem) {
            return new Reading(List.of(), List.of(), Optional.empty(), Optional.of(problem));
        }
    }

    /** Reads a field's value. */
    Reading read(String value);

    /**
     * A field's value.
     *
     * @param signatures at least one
     * @param publicSignatures those made with a private key; empty where the notation knows no such
     * @param timestamp what stands beside them, where the notation wants one
     * @throws IllegalArgumentException if it cannot be written so
     */
    String format(List<String> signatures, List<String> publicSignatures, Optional<String> timestamp);

    /**
     * One signature, behind a prefix: {@code sha256=…}, {@code v0=…}, or nothing.
     *
     * @param prefix visible ASCII; may be empty
     */
    record Prefixed(String prefix) implements SignatureNotation {
        /** Checks the prefix. */
        public Prefixed {
            require(prefix.isEmpty() || FieldValue.isVisibleAscii(prefix), "a prefix of visible ASCII");
        }

        @Override
        public Reading read(String value) {
            if (!value.startsWith(prefix)) {
                return Reading.unreadable("signature_prefix");
            }
            String signature = value.substring(prefix.length());
            if (!FieldValue.isVisibleAscii(signature)) {
                return Reading.unreadable("no_signature");
            }
            return Reading.of(List.of(signature), List.of(), Optional.empty());
        }

        @Override
        public String format(List<String> signatures, List<String> publicSignatures, Optional<String> timestamp) {
            require(signatures.size() == 1 && publicSignatures.isEmpty(), "one signature");
            return prefix + signatures.get(0);
        }
    }

    /**
     * Pairs of key and value, separated by commas: {@code t=1492774577,v1=5257a8…,v1=6ffbb5…}. Other keys are passed over,
     * as Stripe wants it.
     *
     * @param signatureKey the key of signatures; may stand several times
     * @param timestampKey the key of the timestamp, which stands once; empty if the timestamp stands elsewhere
     */
    record Pairs(String signatureKey, Optional<String> timestampKey) implements SignatureNotation {
        /** Checks that the keys are two tokens. */
        public Pairs {
            require(FieldValue.isToken(signatureKey), "a key");
            require(
                    timestampKey.isEmpty()
                            || (FieldValue.isToken(timestampKey.get())
                                    && !timestampKey.get().equals(signatureKey)),
                    "another key");
        }

        @Override
        public Reading read(String value) {
            List<String> signatures = new ArrayList<>();
            Optional<String> timestamp = Optional.empty();
            List<String> items = items(value, ',');
            if (items.size() > MOST_ITEMS) {
                return Reading.unreadable("too_many_signatures");
            }
            for (String item : items) {
                int equals = item.indexOf('=');
                if (equals <= 0) {
                    return Reading.unreadable("signature_items");
                }
                String key = item.substring(0, equals);
                String text = item.substring(equals + 1);
                if (key.equals(signatureKey)) {
                    signatures.add(text);
                } else if (timestampKey.isPresent() && key.equals(timestampKey.get())) {
                    // The one that is checked must be the one that is signed, so there is one.
                    if (timestamp.isPresent()) {
                        return Reading.unreadable("two_timestamps");
                    }
                    timestamp = Optional.of(text);
                }
            }
            return Reading.of(signatures, List.of(), timestamp);
        }

        @Override
        public String format(List<String> signatures, List<String> publicSignatures, Optional<String> timestamp) {
            require(!signatures.isEmpty() && publicSignatures.isEmpty(), "at least one signature");
            require(timestamp.isPresent() == timestampKey.isPresent(), "a timestamp where there is a key for it");
            List<String> items = new ArrayList<>();
            timestamp.ifPresent(text -> items.add(timestampKey.orElseThrow() + "=" + text));
            signatures.forEach(signature -> items.add(signatureKey + "=" + signature));
            return String.join(",", items);
        }
    }

    /**
     * Signatures with a version in front, separated by spaces: {@code v1,K5oZ… v1a,hnO3…} (Standard Webhooks). Other
     * versions are passed over.
     *
     * @param version the version of signatures with the profile's algorithm
     * @param publicVersion the version of Ed25519 signatures (RFC 8032); empty if there is none
     */
    record Versioned(String version, Optional<String> publicVersion) implements SignatureNotation {
        /** Checks that the versions are two tokens. */
        public Versioned {
            require(FieldValue.isToken(version), "a version");
            require(
                    publicVersion.isEmpty()
                            || (FieldValue.isToken(publicVersion.get())
                                    && !publicVersion.get().equals(version)),
                    "another version");
        }

        @Override
        public Reading read(String value) {
            List<String> signatures = new ArrayList<>();
            List<String> publicSignatures = new ArrayList<>();
            List<String> items = items(value, ' ');
            if (items.size() > MOST_ITEMS) {
                return Reading.unreadable("too_many_signatures");
            }
            for (String item : items) {
                int comma = item.indexOf(',');
                if (comma <= 0) {
                    return Reading.unreadable("signature_items");
                }
                String found = item.substring(0, comma);
                if (found.equals(version)) {
                    signatures.add(item.substring(comma + 1));
                } else if (publicVersion.isPresent() && found.equals(publicVersion.get())) {
                    publicSignatures.add(item.substring(comma + 1));
                }
            }
            return Reading.of(signatures, publicSignatures, Optional.empty());
        }

        @Override
        public String format(List<String> signatures, List<String> publicSignatures, Optional<String> timestamp) {
            require(!signatures.isEmpty() || !publicSignatures.isEmpty(), "at least one signature");
            List<String> items = new ArrayList<>();
            signatures.forEach(signature -> items.add(version + "," + signature));
            publicSignatures.forEach(signature -> items.add(publicVersion.orElseThrow() + "," + signature));
            return String.join(" ", items);
        }
    }

    /** The items that are not empty, trimmed; one more than there may be if there are more. */
    private static List<String> items(String value, char separator) {
        List<String> items = new ArrayList<>();
        int start = 0;
        while (start <= value.length() && items.size() <= MOST_ITEMS) {
            int end = value.indexOf(separator, start);
            end = end < 0 ? value.length() : end;
            String item = FieldValue.trim(value.substring(start, end));
            start = end + 1;
            if (!item.isEmpty()) {
                items.add(item);
            }
        }
        return items;
    }

    private static void require(boolean met, String expected) {
        if (!met) {
            throw new IllegalArgumentException("expected: " + expected);
        }
    }
}
