package io.penstock.internal.network;

import io.penstock.internal.loop.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A name service that knows what the test says; answers within the call unless it is told to wait. */
public final class VirtualResolver implements HostResolver {

    private final Clock clock;
    private final Map<String, List<InetAddress>> hosts = new HashMap<>();
    public final List<String> asked = new ArrayList<>();
    public final List<Runnable> waiting = new ArrayList<>();
    public boolean wait;

    public VirtualResolver(Clock clock) {
        this.clock = clock;
    }

    public void host(String name, String... addresses) {
        List<InetAddress> found = new ArrayList<>();
        for (String address : addresses) {
            try {
                byte[] bytes = InetAddress.getByName(address).getAddress();
                found.add(InetAddress.getByAddress(name, bytes));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(e);
            }
        }
        hosts.put(name, found);
    }

    public void forget(String name) {
        hosts.remove(name);
    }

    @Override
    public void resolve(String host, boolean canonicalNames, HostListener listener) {
        asked.add(host + (canonicalNames ? " canonical" : ""));
        if (wait) {
            waiting.add(() -> answer(host, listener));
        } else {
            answer(host, listener);
        }
    }

    private void answer(String host, HostListener listener) {
        List<InetAddress> found = hosts.get(host);
        if (found == null) {
            listener.onUnknownHost(new UnknownHostException(host), clock.nanoTime());
        } else {
            listener.onResolved(found, clock.nanoTime());
        }
    }
}
