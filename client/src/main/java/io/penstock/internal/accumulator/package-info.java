/** Open and sealed batches of each partition, and the pages they lie in; the one structure that callers and the loop share. */
@NullMarked
package io.penstock.internal.accumulator;

import org.jspecify.annotations.NullMarked;
