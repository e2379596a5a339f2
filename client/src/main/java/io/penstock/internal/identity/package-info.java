/** The producer's id and epoch. */
@NullMarked
package io.penstock.internal.identity;

import org.jspecify.annotations.NullMarked;
