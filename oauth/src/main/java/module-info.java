/** Tokens for {@code sasl.mechanism=OAUTHBEARER}. */
module io.penstock.oauth {
    requires static org.jspecify;
    requires transitive io.penstock.client;
    requires java.net.http;
    requires org.jose4j;
    requires org.slf4j;

    exports io.penstock.oauth;

    provides io.penstock.security.OAuthBearerLoginProvider with
            io.penstock.oauth.OAuthProvider;
}
