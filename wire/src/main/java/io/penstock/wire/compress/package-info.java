/** The codecs of record batches: one-shot compression from pages, bounded decompression. */
@NullMarked
package io.penstock.wire.compress;

import org.jspecify.annotations.NullMarked;
