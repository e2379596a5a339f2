package io.penstock.internal.tls;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** The JDK's own server side of one connection, bytes in and bytes out. */
final class TlsServer {

    static final String PASSWORD = "secret-of-the-test";

    private static final int MOST_STEPS = 100_000;

    final ByteArrayOutputStream plain = new ByteArrayOutputStream();
    final SSLEngine engine;
    boolean closed;

    private ByteBuffer in = ByteBuffer.allocate(1 << 20);

    TlsServer(Path keyStore, String... protocols) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(keyStore)) {
            store.load(bytes, PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(protocols);
    }

    /** A key store with one key, for these subject alternative names, made by the JDK's tool; valid for two days. */
    static Path newKeyStore(Path file, String names) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-XX:TieredStopAtLevel=1",
                        "-genkeypair",
                        "-alias",
                        "a",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-validity",
                        "2",
                        "-ext",
                        "san=" + names,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(tool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        return file;
    }

    /** Takes what the client has written and returns what the server has to say to it. */
    byte[] exchange(byte[] fromClient) throws IOException {
        in.put(fromClient).flip();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer app = ByteBuffer.allocate(1 << 15);
        boolean more = true;
        for (int step = 0; more; step++) {
            if (step > MOST_STEPS) {
                throw new IOException("the server's engine goes in circles: " + engine.getHandshakeStatus());
            }
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
            } else if (status == HandshakeStatus.NEED_WRAP) {
                byte[] wrapped = wrap(ByteBuffer.allocate(0));
                out.writeBytes(wrapped);
                more = wrapped.length > 0;
            } else {
                SSLEngineResult result = engine.unwrap(in, app.clear());
                plain.write(app.array(), 0, app.position());
                closed |= result.getStatus() == SSLEngineResult.Status.CLOSED;
                more = result.getStatus() == SSLEngineResult.Status.OK;
            }
        }
        in.compact();
        return out.toByteArray();
    }

    byte[] say(byte[] text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer source = ByteBuffer.wrap(text);
        while (source.hasRemaining()) {
            byte[] wrapped = wrap(source);
            if (wrapped.length == 0) {
                throw new IOException("the server's engine takes nothing: " + engine.getHandshakeStatus());
            }
            out.writeBytes(wrapped);
        }
        return out.toByteArray();
    }

    byte[] goodbye() throws IOException {
        engine.closeOutbound();
        return wrap(ByteBuffer.allocate(0));
    }

    /** What the client asked for by name (SNI). */
    List<SNIServerName> namesAskedFor() {
        return ((ExtendedSSLSession) engine.getSession()).getRequestedServerNames();
    }

    byte[] wrap(ByteBuffer source) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1 << 15);
        engine.wrap(source, out);
        byte[] bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }
}
