/**
 * What a program implements to decide itself how this client proves who it is, and how its connections are secured.
 *
 * <p>{@link io.penstock.security.AuthenticateCallbackHandler} answers the questions of a mechanism (a name and a password, a token), {@link
 * io.penstock.security.Login} replaces the whole login. {@link io.penstock.security.SslEngineFactory}
 * makes the TLS engines. All have the shape of Kafka's interfaces of the same names, so that an implementation moves over by its imports.
 */
@NullMarked
package io.penstock.security;

import org.jspecify.annotations.NullMarked;
