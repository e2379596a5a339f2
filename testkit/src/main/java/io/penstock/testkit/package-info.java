/** What users and we test with. */
@NullMarked
package io.penstock.testkit;

import org.jspecify.annotations.NullMarked;
