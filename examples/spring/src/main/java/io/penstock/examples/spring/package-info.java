/** A Spring application, and the one class by which it uses Penstock. */
@NullMarked
package io.penstock.examples.spring;

import org.jspecify.annotations.NullMarked;
