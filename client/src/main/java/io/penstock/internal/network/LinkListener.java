package io.penstock.internal.network;

import java.io.IOException;

/** What happens to a link. Called by the transport, on the loop, from within {@link Transport#poll}. */
public interface LinkListener {

    /** The link can be written and read. */
    void onConnected();

    /** It could not be made, and is closed. */
    void onConnectFailed(IOException cause);

    /** There is something to read, be it the end or an error. */
    void onReadable();

    /** It takes bytes again; only while {@link Link#wantWrite} is on. */
    void onWritable();
}
