package dev.countersign.benchmarks;

import java.util.Arrays;
import java.util.List;

/** Quantiles of what was measured. */
final class Samples {
    private Samples() {}

    /** The value below which this part of a column lies: 0.5 gives the median. */
    static double quantile(List<double[]> samples, int column, double part) {
        return quantile(samples.stream().mapToDouble(sample -> sample[column]).toArray(), part);
    }

    static double quantile(double[] values, double part) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, Math.round(part * (sorted.length - 1)))];
    }

    static double median(List<Double> values) {
        return quantile(values.stream().mapToDouble(Double::doubleValue).toArray(), 0.5);
    }
}
