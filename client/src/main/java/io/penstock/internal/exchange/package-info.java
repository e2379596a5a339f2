/** Plans to request bytes, response bytes to outcomes. */
@NullMarked
package io.penstock.internal.exchange;

import org.jspecify.annotations.NullMarked;
