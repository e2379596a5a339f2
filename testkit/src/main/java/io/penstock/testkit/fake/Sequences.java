package io.penstock.testkit.fake;

/** Arithmetic of sequence numbers, which go from 0 to {@link Integer#MAX_VALUE} and start over at 0. */
final class Sequences {

    private Sequences() {}

    static int plus(int sequence, int count) {
        long sum = (long) sequence + count;
        return (int) (sum > Integer.MAX_VALUE ? sum - Integer.MAX_VALUE - 1 : sum);
    }

    static int next(int sequence) {
        return plus(sequence, 1);
    }
}
