package dev.countersign.http;

import java.net.InetAddress;
import java.util.List;

/**
 * Blocks of addresses.
 *
 * @param blocks the blocks in the order in which they were given
 */
public record CidrList(List<Cidr> blocks) {
    /** No block, so no address. */
    public static final CidrList NONE = new CidrList(List.of());

    /** Copies the blocks. */
    public CidrList {
        blocks = List.copyOf(blocks);
    }

    /** Whether any block contains the address; an empty list contains none. */
    public boolean contains(InetAddress address) {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** Whether there is no block. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }
}
