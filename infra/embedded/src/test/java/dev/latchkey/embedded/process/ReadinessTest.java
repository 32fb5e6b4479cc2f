package dev.latchkey.embedded.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;

final class ReadinessTest {
    @Test
    void somethingIsReadyWhileItAnswersWith200() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(server, "/ready", 200);
        answer(server, "/starting", 503);
        server.start();
        int port = server.getAddress().getPort();
        var ready = URI.create("http://localhost:" + port + "/ready");
        var starting = URI.create("http://localhost:" + port + "/starting");

        assertThat(Readiness.isOk(ready)).isTrue();
        assertThat(Readiness.isOk(starting)).isFalse();
        assertThat(Readiness.isOpen(port)).isTrue();
        server.stop(0);
        assertThat(Readiness.isOk(ready)).isFalse();
        assertThat(Readiness.isOpen(port)).isFalse();
    }

    private static void answer(HttpServer server, String path, int status) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
    }
}
