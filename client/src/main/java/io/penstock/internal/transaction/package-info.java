/** The transaction state machine: calls and answers in, coordinator requests and word to the sender out. */
@NullMarked
package io.penstock.internal.transaction;

import org.jspecify.annotations.NullMarked;
