/**
 * Who this client is and how it proves it: JAAS, logins, and the SASL mechanisms. Runs on the authentication threads, but for {@link
 * io.penstock.internal.sasl.SaslAuthentication}, which the loop calls.
 */
@NullMarked
package io.penstock.internal.sasl;

import org.jspecify.annotations.NullMarked;
