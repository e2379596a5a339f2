package io.penstock.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A token endpoint on the loopback interface that answers what the test says, and remembers what it was asked. */
final class TokenServer implements AutoCloseable {

    record Asked(String authorization, String body) {}

    record Answer(int status, String body) {
        static Answer token(String token) {
            return new Answer(200, "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":60}");
        }
    }

    final List<Asked> asked = new CopyOnWriteArrayList<>();
    volatile Function<Asked, Answer> answer;
    private final HttpServer server;

    TokenServer(Function<Asked, Answer> answer) throws IOException {
        this.answer = answer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/token", this::serve);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Asked request =
                    new Asked(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")), body);
            asked.add(request);
            Answer given = answer.apply(request);
            if (given.status() / 100 == 3) {
                exchange.getResponseHeaders().add("Location", given.body());
            }
            byte[] bytes = given.body().getBytes(UTF_8);
            exchange.sendResponseHeaders(given.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
