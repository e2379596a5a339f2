/** The composition root: builds the rooms and starts the threads. */
@NullMarked
package io.penstock.internal.engine;

import org.jspecify.annotations.NullMarked;
