/** The server side of TLS, on the JDK's engine, for the brokers of this module that are not real. */
@NullMarked
package io.penstock.testkit.tls;

import org.jspecify.annotations.NullMarked;
