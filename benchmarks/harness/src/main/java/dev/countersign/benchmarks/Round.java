package dev.countersign.benchmarks;

/**
 * How long a round takes.
 *
 * @param warmUp requests of each variant before it is measured in process, a dear one fewer
 * @param turns windows of each variant in process
 * @param seconds of one window over the network
 * @param windows of each variant over the network
 * @param starts of each variant
 * @param isFull whether variants are measured that take long and teach little
 */
record Round(int warmUp, int turns, int seconds, int windows, int starts, boolean isFull) {
    /** Under ten minutes on two idle cores. */
    static final Round QUICK = new Round(12_000, 12, 1, 3, 3, false);

    /** About an hour. */
    static final Round FULL = new Round(40_000, 24, 2, 5, 5, true);
}
