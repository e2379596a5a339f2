/**
 * The simulator: the production engine on one thread, with virtual time, a virtual network and all chance from a seed.
 *
 * <p>{@link io.penstock.testkit.sim.Simulation} runs one seed; {@code docs/SIMULATION.md} says what is drawn and what is checked.
 */
@NullMarked
package io.penstock.testkit.sim;

import org.jspecify.annotations.NullMarked;
