package io.penstock.testkit.sim;

/** Looks at a run after its end, and says what was not as it must be. One for each promise. */
interface Checker {

    /** Reports to {@link Parts#findings}. */
    void check(Parts parts);
}
