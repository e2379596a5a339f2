package io.penstock.internal.tls;

/** What happened on one connection when the broker asked who this client is. */
enum OfferedCertificate {
    /** It did not ask, or it is not known whether it did. */
    NOT_ASKED,
    /** It asked, and no key is configured. */
    NONE_CONFIGURED,
    /** It asked for a certificate of authorities that none of the configured ones comes from. */
    NONE_FITS,
    /** It was given one. */
    GIVEN
}
