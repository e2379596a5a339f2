package io.penstock.internal.config;

/** What a bootstrap name stands for ({@code client.dns.lookup}, KIP-302 and KIP-602). */
public enum DnsLookup {
    /** All its addresses, tried in turn. */
    USE_ALL_DNS_IPS,
    /** The canonical names of its addresses, which is what Kerberos needs behind a load balancer. */
    RESOLVE_CANONICAL_BOOTSTRAP_SERVERS_ONLY
}
