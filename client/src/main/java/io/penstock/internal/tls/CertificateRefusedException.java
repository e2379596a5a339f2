package io.penstock.internal.tls;

import java.security.cert.CertificateException;

/** A broker's certificate is not accepted; the message says why, with names and dates, and what to do. Immutable. */
final class CertificateRefusedException extends CertificateException {

    private static final long serialVersionUID = 1L;

    CertificateRefusedException(String whyAndWhatToDo, CertificateException cause) {
        super(whyAndWhatToDo, cause);
    }
}
