/** Which batches go to which broker now; retry, expiry and flush. Decides, never does I/O. */
@NullMarked
package io.penstock.internal.sender;

import org.jspecify.annotations.NullMarked;
