/** What the cluster looks like now, as an immutable view, and when and what to ask it again. */
@NullMarked
package io.penstock.internal.cluster;

import org.jspecify.annotations.NullMarked;
