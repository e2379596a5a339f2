/**
 * Tokens of OAuth 2.0 for {@code sasl.mechanism=OAUTHBEARER}: fetched from a token endpoint or a file, or made for tests.
 *
 * <p>Nothing here has to be named in the settings: with this module on the class path, the handler is found.
 */
@NullMarked
package io.penstock.oauth;

import org.jspecify.annotations.NullMarked;
