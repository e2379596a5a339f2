/** Record batches of format version 2: varints, CRC-32C, writing into pages and strict reading. */
@NullMarked
package io.penstock.wire.record;

import org.jspecify.annotations.NullMarked;
