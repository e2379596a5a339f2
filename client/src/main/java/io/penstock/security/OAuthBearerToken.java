package io.penstock.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token of OAuth 2.0 and what is known of it. Implementations are immutable, and do not show the token in their text form.
 */
public interface OAuthBearerToken {

    /** The token itself, as it is sent: {@code b64token} of RFC 6750. */
    String value();

    /** The scopes it is for; may be empty. */
    Set<String> scope();

    /** When it expires, in milliseconds since 1970. */
    long lifetimeMs();

    /** Who it speaks for; shown in messages. */
    String principalName();

    /** When it was issued, in milliseconds since 1970; null when that is not known. */
    @Nullable
    Long startTimeMs();
}
