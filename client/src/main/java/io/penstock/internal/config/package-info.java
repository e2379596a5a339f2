/** Settings: one validated record per concern. */
@NullMarked
package io.penstock.internal.config;

import org.jspecify.annotations.NullMarked;
