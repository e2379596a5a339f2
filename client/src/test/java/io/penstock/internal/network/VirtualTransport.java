package io.penstock.internal.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A transport on which nothing happens but what the test makes happen. */
public final class VirtualTransport implements Transport {

    public final List<VirtualLink> links = new ArrayList<>();

    @Nullable
    public IOException connectFailure;

    @Override
    public Link connect(InetSocketAddress address, LinkListener listener) throws IOException {
        if (connectFailure != null) {
            throw connectFailure;
        }
        VirtualLink link = new VirtualLink(address, listener);
        links.add(link);
        return link;
    }

    public VirtualLink last() {
        return links.get(links.size() - 1);
    }

    @Override
    public void poll(long timeoutNanos) {}

    @Override
    public void wakeup() {}

    @Override
    public void close() {}
}
