package io.penstock.internal.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;

/** Finds out what is wrong with a chain of certificates that was refused, and says it. Any thread. */
final class CertificateProblem {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int NAMES_SHOWN = 20;

    private CertificateProblem() {}

    /** @param trusted what the trusted certificates come from, for the message */
    static CertificateRefusedException explain(
            X509Certificate[] chain, String host, String trusted, CertificateException failure) {
        return new CertificateRefusedException(why(chain, host, trusted, failure), failure);
    }

    private static String why(X509Certificate[] chain, String host, String trusted, CertificateException failure) {
        Date now = new Date();
        for (X509Certificate certificate : chain) {
            if (now.after(certificate.getNotAfter())) {
                return which(chain, certificate) + " expired on " + at(certificate.getNotAfter())
                        + ": it has to be renewed (or this machine's clock is wrong: here it is " + at(now) + ")";
            }
            if (now.before(certificate.getNotBefore())) {
                return which(chain, certificate) + " is not valid before " + at(certificate.getNotBefore())
                        + ": check the clocks of this machine (here it is " + at(now)
                        + ") and of the one that issued the certificate";
            }
        }
        Throwable root = rootOf(failure);
        if (root instanceof CertPathBuilderException || root instanceof CertPathValidatorException) {
            X509Certificate last = chain[chain.length - 1];
            return which(chain, chain[0]) + " cannot be traced to an authority that is trusted ("
                    + TlsFailures.message(root) + "); the chain ends with one issued by \""
                    + last.getIssuerX500Principal()
                    + "\": " + trusted + " has to contain that authority's certificate";
        }
        if (root == failure && chain.length > 0 && isAboutNames(failure)) {
            return which(chain, chain[0]) + " is not for the host \"" + host + "\" but for " + names(chain[0])
                    + ": connect by one of these names (bootstrap.servers, the broker's advertised.listeners), or have a"
                    + " certificate issued for this one";
        }
        return which(chain, chain[0]) + " is not accepted: " + TlsFailures.message(root);
    }

    /** The JDK says so in words only: the failure has no cause then, and its message begins so. */
    private static boolean isAboutNames(CertificateException failure) {
        String message = TlsFailures.message(failure);
        return message.startsWith("No name matching") || message.startsWith("No subject alternative");
    }

    private static String which(X509Certificate[] chain, X509Certificate certificate) {
        String role = certificate == chain[0]
                ? "the broker's certificate"
                : "a certificate of authority in the broker's chain";
        return role + " (\"" + certificate.getSubjectX500Principal() + "\")";
    }

    /** The names that a certificate is for, as JSSE looks at them. */
    static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            if (all != null) {
                for (List<?> each : all) {
                    if (each.get(0).equals(DNS_NAME) || each.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(each.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            return "names that cannot be read (" + TlsFailures.message(e) + ")";
        }
        if (names.isEmpty()) {
            return "the common name in its subject only (it has no subject alternative names)";
        }
        return names.size() <= NAMES_SHOWN
                ? names.toString()
                : names.subList(0, NAMES_SHOWN) + " and " + (names.size() - NAMES_SHOWN) + " more";
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static Instant at(Date date) {
        return Instant.ofEpochSecond(date.getTime() / 1000);
    }
}
