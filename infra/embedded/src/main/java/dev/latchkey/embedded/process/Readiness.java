package dev.latchkey.embedded.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Whether something on this machine answers now. */
public final class Readiness {
    private static final Duration ONE_ANSWER = Duration.ofSeconds(2);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ONE_ANSWER).build();

    private Readiness() {}

    /** Whether a GET is answered with status 200. */
    public static boolean isOk(URI url) {
        try {
            var request = HttpRequest.newBuilder(url).timeout(ONE_ANSWER).build();
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether something listens at a port. */
    public static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) ONE_ANSWER.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
