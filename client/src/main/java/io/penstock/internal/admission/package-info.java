/** From a caller's record to a place in a batch. */
@NullMarked
package io.penstock.internal.admission;

import org.jspecify.annotations.NullMarked;
