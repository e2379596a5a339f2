/** From plans to request bytes and from response bytes to outcomes. Loop thread only, except what says otherwise. */
@NullMarked
package io.penstock.internal.exchange;

import org.jspecify.annotations.NullMarked;
