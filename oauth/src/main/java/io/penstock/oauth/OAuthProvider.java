package io.penstock.oauth;

import io.penstock.security.AuthenticateCallbackHandler;
import io.penstock.security.OAuthBearerLoginProvider;

/** Found by the client when OAUTHBEARER is asked for and no handler is named. */
public final class OAuthProvider implements OAuthBearerLoginProvider {

    @Override
    public AuthenticateCallbackHandler createHandler() {
        return new OAuthBearerLoginCallbackHandler();
    }
}
