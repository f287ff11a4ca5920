package dev.countersign.password;

import java.util.Arrays;

/**
 * Argon2id, version 0x13 (RFC 9106 section 3), on the calling thread alone: the lanes of a slice do not depend on each
 * other, so computing them one after the other gives the same result, and one hash never takes more than one core. (The
 * library that checks bcrypt has Argon2 too, but leaves a thread pool and a JVM shutdown hook for each set of parameters,
 * which keeps an undeployed web application in memory.)
 */
final class Argon2id {
    /** What a hash costs: memory in KiB, at least 8 a lane; passes; lanes. */
    record Parameters(int memoryKib, int passes, int lanes) {}

    private static final int VERSION = 0x13;
    private static final int TYPE = 2;
    private static final int WORDS = 128;
    private static final int SLICES = 4;
    private static final byte[] NONE = new byte[0];

    private final Parameters parameters;
    private final int segment;
    private final int lane;
    private final long[] memory;
    private final long[] r = new long[WORDS];
    private final long[] z = new long[WORDS];

    private Argon2id(Parameters parameters) {
        this.parameters = parameters;
        this.segment = parameters.memoryKib() / (SLICES * parameters.lanes());
        this.lane = segment * SLICES;
        this.memory = new long[lane * parameters.lanes() * WORDS];
    }

    static byte[] derive(byte[] password, byte[] salt, Parameters parameters, int length) {
        return derive(password, salt, NONE, NONE, parameters, length);
    }

    /** With the secret and associated data that RFC 9106 allows and stored hashes do not use. */
    static byte[] derive(
            byte[] password, byte[] salt, byte[] secret, byte[] associated, Parameters parameters, int length) {
        byte[] h0 = Blake2b.digest(
                64,
                Bytes.concat(
                        le32(parameters.lanes()),
                        le32(length),
                        le32(parameters.memoryKib()),
                        le32(parameters.passes()),
                        le32(VERSION),
                        le32(TYPE),
                        le32(password.length),
                        password,
                        le32(salt.length),
                        salt,
                        le32(secret.length),
                        secret,
                        le32(associated.length),
                        associated));
        return new Argon2id(parameters).run(h0, length);
    }

    private byte[] run(byte[] h0, int length) {
        for (int i = 0; i < parameters.lanes(); i++) {
            for (int column = 0; column < 2; column++) {
                byte[] block = longHash(Bytes.concat(h0, le32(column), le32(i)), 8 * WORDS);
                for (int word = 0; word < WORDS; word++) {
                    memory[at(i, column) + word] = Blake2b.le64(block, 8 * word);
                }
            }
        }
        for (int pass = 0; pass < parameters.passes(); pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int i = 0; i < parameters.lanes(); i++) {
                    fill(pass, slice, i);
                }
            }
        }
        byte[] last = new byte[8 * WORDS];
        for (int word = 0; word < WORDS; word++) {
            long sum = 0;
            for (int i = 0; i < parameters.lanes(); i++) {
                sum ^= memory[at(i, lane - 1) + word];
            }
            Blake2b.le64(sum, last, 8 * word);
        }
        // The memory holds what the password determines: not left to whoever reads the heap next.
        Arrays.fill(memory, 0);
        return longHash(last, length);
    }

    /** One segment (section 3.4): a slice of one lane. */
    private void fill(int pass, int slice, int current) {
        boolean independent = pass == 0 && slice < 2;
        long[] input = new long[WORDS];
        long[] addresses = new long[WORDS];
        if (independent) {
            input[0] = pass;
            input[1] = current;
            input[2] = slice;
            input[3] = (long) lane * parameters.lanes();
            input[4] = parameters.passes();
            input[5] = TYPE;
        }
        int first = pass == 0 && slice == 0 ? 2 : 0;
        for (int index = 0; index < segment; index++) {
            if (independent && index % WORDS == 0) {
                nextAddresses(input, addresses);
            }
            if (index < first) {
                continue;
            }
            int column = slice * segment + index;
            int previous = at(current, column == 0 ? lane - 1 : column - 1);
            long pseudoRandom = independent ? addresses[index % WORDS] : memory[previous];
            int referenceLane = pass == 0 && slice == 0 ? current : (int) ((pseudoRandom >>> 32) % parameters.lanes());
            int reference = at(referenceLane, column(pass, slice, index, pseudoRandom, referenceLane == current));
            compress(memory, previous, memory, reference, memory, at(current, column), pass > 0);
        }
    }

    /** Which block of the reference lane (section 3.4.2). */
    private int column(int pass, int slice, int index, long pseudoRandom, boolean sameLane) {
        int finished = pass == 0 ? slice * segment : lane - segment;
        int area;
        if (sameLane) {
            area = finished + index - 1;
        } else {
            area = index == 0 ? finished - 1 : finished;
        }
        long j1 = pseudoRandom & 0xFFFFFFFFL;
        long x = (j1 * j1) >>> 32;
        long y = (area * x) >>> 32;
        int start = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * segment;
        return (int) ((start + area - 1 - y) % lane);
    }

    private void nextAddresses(long[] input, long[] addresses) {
        input[6]++;
        long[] zero = new long[WORDS];
        compress(zero, 0, input, 0, addresses, 0, false);
        compress(zero, 0, addresses.clone(), 0, addresses, 0, false);
    }

    private int at(int laneIndex, int column) {
        return (laneIndex * lane + column) * WORDS;
    }

    /** The compression function G (section 3.5), its result set or, after the first pass, added. */
    private void compress(long[] x, int xAt, long[] y, int yAt, long[] out, int outAt, boolean add) {
        for (int i = 0; i < WORDS; i++) {
            r[i] = x[xAt + i] ^ y[yAt + i];
        }
        System.arraycopy(r, 0, z, 0, WORDS);
        for (int row = 0; row < WORDS; row += 16) {
            permute(row, 2);
        }
        for (int column = 0; column < 16; column += 2) {
            permute(column, 16);
        }
        if (add) {
            for (int i = 0; i < WORDS; i++) {
                out[outAt + i] ^= r[i] ^ z[i];
            }
        } else {
            for (int i = 0; i < WORDS; i++) {
                out[outAt + i] = r[i] ^ z[i];
            }
        }
    }

    /** The permutation P (section 3.6) on eight pairs of words that stand {@code step} words apart. */
    private void permute(int start, int step) {
        int a = start;
        int b = a + step;
        int c = b + step;
        int d = c + step;
        int e = d + step;
        int f = e + step;
        int g = f + step;
        int h = g + step;
        mix(a, c, e, g);
        mix(a + 1, c + 1, e + 1, g + 1);
        mix(b, d, f, h);
        mix(b + 1, d + 1, f + 1, h + 1);
        mix(a, c + 1, f, h + 1);
        mix(a + 1, d, f + 1, g);
        mix(b, d + 1, e, g + 1);
        mix(b + 1, c, e + 1, h);
    }

    private void mix(int ia, int ib, int ic, int id) {
        long a = z[ia];
        long b = z[ib];
        long c = z[ic];
        long d = z[id];
        a = multiplyAdd(a, b);
        d = Long.rotateRight(d ^ a, 32);
        c = multiplyAdd(c, d);
        b = Long.rotateRight(b ^ c, 24);
        a = multiplyAdd(a, b);
        d = Long.rotateRight(d ^ a, 16);
        c = multiplyAdd(c, d);
        b = Long.rotateRight(b ^ c, 63);
        z[ia] = a;
        z[ib] = b;
        z[ic] = c;
        z[id] = d;
    }

    private static long multiplyAdd(long x, long y) {
        return x + y + 2 * (x & 0xFFFFFFFFL) * (y & 0xFFFFFFFFL);
    }

    /** The variable-length hash H' (section 3.3). */
    private static byte[] longHash(byte[] input, int length) {
        byte[] prefixed = Bytes.concat(le32(length), input);
        if (length <= 64) {
            return Blake2b.digest(length, prefixed);
        }
        byte[] out = new byte[length];
        byte[] v = Blake2b.digest(64, prefixed);
        int at = 0;
        while (length - at > 64) {
            System.arraycopy(v, 0, out, at, 32);
            at += 32;
            v = Blake2b.digest(Math.min(64, length - at), v);
        }
        System.arraycopy(v, 0, out, at, length - at);
        return out;
    }

    private static byte[] le32(int value) {
        return new byte[] {(byte) value, (byte) (value >>> 8), (byte) (value >>> 16), (byte) (value >>> 24)};
    }
}
