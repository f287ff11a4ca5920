package dev.countersign.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * A block of addresses in CIDR notation (RFC 4632, RFC 4291 section 2.3): {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or
 * a single address. Bits behind the prefix are ignored. IPv4-mapped IPv6 equals IPv4, in the block as in the addresses;
 * {@code ::/0} contains no IPv4 address.
 */
public final class Cidr {
    private final byte[] network;
    private final int prefix;

    private Cidr(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
        for (int i = 0; i < network.length; i++) {
            network[i] &= (byte) mask(i);
        }
    }

    /** Reads a block; empty if it is none. Host names are never looked up. */
    public static Optional<Cidr> parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        // A literal of IPv6 keeps its 128 bits here, also if it is IPv4-mapped.
        int bits = address.indexOf(':') >= 0 ? 128 : 32;
        int prefix = slash < 0 ? bits : AddressLiteral.decimal(text, slash + 1, text.length(), bits);
        Optional<InetAddress> parsed = AddressLiteral.parse(address);
        if (prefix < 0 || parsed.isEmpty()) {
            return Optional.empty();
        }
        byte[] network = AddressLiteral.normalBytes(parsed.get());
        if (bits == 128 && network.length == 4) {
            // Within ::ffff:0:0/96 the first 96 bits are fixed; a shorter prefix would mix both families.
            return prefix < 96 ? Optional.empty() : Optional.of(new Cidr(network, prefix - 96));
        }
        return Optional.of(new Cidr(network, prefix));
    }

    /** Whether the address lies in this block. */
    public boolean contains(InetAddress address) {
        byte[] bytes = AddressLiteral.normalBytes(address);
        if (bytes.length != network.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((bytes[i] & mask(i)) != (network[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the other is the same block. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && cidr.prefix == prefix && Arrays.equals(cidr.network, network);
    }

    /** By network and prefix. */
    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefix;
    }

    /** The block with its prefix, IPv6 written out in full, such as {@code 10.0.0.0/8}. */
    @Override
    public String toString() {
        return AddressLiteral.text(network) + "/" + prefix;
    }

    /** The bits of byte {@code i} that belong to the prefix. */
    private int mask(int i) {
        int bits = Math.max(0, Math.min(8, prefix - 8 * i));
        return 0xFF << (8 - bits) & 0xFF;
    }
}
