package io.penstock.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;

/** Medians, and ratios of windows that were taken one after the other. */
final class Statistics {

    private Statistics() {}

    static <T> double median(List<T> windows, ToDoubleFunction<T> figure) {
        return windows.stream().mapToDouble(figure).sorted().toArray()[windows.size() / 2];
    }

    /** Of each window of the second list to its neighbour in the first, ascending. */
    static <T> double[] sortedRatios(List<T> base, List<T> other, ToDoubleFunction<T> figure) {
        ToDoubleBiFunction<T, T> ratio = (a, b) -> figure.applyAsDouble(b) / figure.applyAsDouble(a);
        double[] ratios = new double[base.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = ratio.applyAsDouble(base.get(i), other.get(i));
        }
        Arrays.sort(ratios);
        return ratios;
    }
}
