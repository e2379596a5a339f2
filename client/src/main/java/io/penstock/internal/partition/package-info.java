/** From a record and the cluster's view to a partition. */
@NullMarked
package io.penstock.internal.partition;

import org.jspecify.annotations.NullMarked;
