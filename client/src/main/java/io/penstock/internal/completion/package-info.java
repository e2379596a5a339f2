/** What a batch owes its callers: futures, callbacks and interceptors, each exactly once and in send order. */
@NullMarked
package io.penstock.internal.completion;

import org.jspecify.annotations.NullMarked;
