package dev.latchkey.providers.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicWebTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Long enough for a busy machine to get as far as the body. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** As if this machine were public. */
    private static final Hosts HERE = host ->
            InetAddress.getByAddress(host, InetAddress.getLoopbackAddress().getAddress());

    @TempDir
    private Path directory;

    @Test
    void asksTheNamedHostAtTheAddressThatWasFound() throws Exception {
        try (var server = TlsServer.answering(directory, 200, "[\"a model\"]");
                var web = new PublicWeb(HERE, server.trusting())) {
            var answer = web.ask(question(server.urlOf(TlsServer.HOST), "{}"), PATIENCE);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("[\"a model\"]");
            assertThat(answer.headers().firstValue("retry-after")).contains("7");
            assertThat(server.asked()).containsExactly("POST models.test Bearer k {}");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirectToThisMachineNorOneThatLeavesTls(int status) throws Exception {
        try (var inside = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                var server = TlsServer.answering(directory, status, "");
                var web = new PublicWeb(HERE, server.trusting())) {
            for (var scheme : List.of("http", "https")) {
                server.pointsTo(URI.create(scheme + "://127.0.0.1:" + inside.getLocalPort() + "/latest/meta-data"));

                var answer = web.ask(question(server.urlOf(TlsServer.HOST), null), PATIENCE);

                assertThat(answer.status()).isEqualTo(status);
            }

            assertThat(server.asked()).containsExactly("GET models.test Bearer k", "GET models.test Bearer k");
            inside.setSoTimeout(100);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    /** The first address is the one that was looked at; whoever looks again gets another. */
    @Test
    void connectsToTheAddressThatWasLookedAtAndLooksNoSecondTime() throws Exception {
        var lookedUp = new AtomicInteger();
        try (var inside = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.2"));
                var server = TlsServer.answering(directory, 200, "[]");
                var web = new PublicWeb(rebinding(lookedUp), server.trusting())) {
            var answer = web.ask(question(server.urlOf(TlsServer.HOST), null), PATIENCE);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(server.asked()).containsExactly("GET models.test Bearer k");
            assertThat(lookedUp).hasValue(1);
            inside.setSoTimeout(100);
            assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(inside::accept);
        }
    }

    private static Hosts rebinding(AtomicInteger lookedUp) {
        return host -> {
            byte last = (byte) (lookedUp.getAndIncrement() == 0 ? 1 : 2);
            return InetAddress.getByAddress(host, new byte[] {127, 0, 0, last});
        };
    }

    @Test
    void takesNoAnswerThatIsTooLarge() throws Exception {
        try (var server = TlsServer.answering(directory, 200, "x".repeat(Web.LARGEST_ANSWER + 1));
                var web = new PublicWeb(HERE, server.trusting())) {
            var question = question(server.urlOf(TlsServer.HOST), null);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> web.ask(question, PATIENCE));
        }
    }

    @Test
    void saysNothingToAHostThatIsNotTheNamedOne() throws Exception {
        try (var server = TlsServer.answering(directory, 200, "");
                var web = new PublicWeb(HERE, server.trusting())) {
            var question = question(server.urlOf("other.test"), null);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> web.ask(question, PATIENCE))
                    .withMessage("the call failed")
                    .withNoCause();
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void saysNothingToAHostWhoseCertificateNobodyTrusts() throws Exception {
        try (var server = TlsServer.answering(directory, 200, "");
                var web = new PublicWeb(HERE, Tls.builder().build())) {
            var question = question(server.urlOf(TlsServer.HOST), null);

            assertThatExceptionOfType(IOException.class).isThrownBy(() -> web.ask(question, PATIENCE));
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void asksNobodyWithoutTls() {
        try (var web = new PublicWeb(HERE, Tls.builder().build())) {
            assertThatExceptionOfType(NotPublic.class)
                    .isThrownBy(() -> web.ask(question(URI.create("http://models.test/v1"), null), PATIENCE));
        }
    }

    @Test
    void asksNobodyInside() {
        try (var web = new PublicWeb(
                new PublicHosts(InetAddress::getAllByName), Tls.builder().build())) {
            assertThatExceptionOfType(NotPublic.class)
                    .isThrownBy(() -> web.ask(question(URI.create("https://localhost/v1"), null), PATIENCE));
        }
    }

    @Test
    void waitsNoLongerThanToldForAHostThatSaysNothing() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var web = new PublicWeb(HERE, Tls.builder().build())) {
            var url = URI.create("https://models.test:" + silent.getLocalPort() + "/v1");

            assertThatExceptionOfType(TimeoutException.class)
                    .isThrownBy(() -> web.ask(question(url, null), Duration.ofMillis(100)));
        }
    }

    @Test
    void listensToAnAnswerAtTheAddressThatWasFoundAsItComes() throws Exception {
        try (var server = TlsServer.hangingAfter(directory, "data: first");
                var web = new PublicWeb(HERE, server.trusting());
                var incoming = web.listen(question(server.urlOf(TlsServer.HOST), "{}"), PATIENCE)) {
            assertThat(incoming.status()).isEqualTo(200);
            assertThat(incoming.headers().firstValue("retry-after")).contains("7");
            assertThat(incoming.body().readNBytes(11)).asString().isEqualTo("data: first");
            assertThat(server.asked()).containsExactly("POST models.test Bearer k {}");
        }
    }

    @Test
    void breaksOffABodyThatTakesTooLong() throws Exception {
        try (var server = TlsServer.hangingAfter(directory, "data: first");
                var web = new PublicWeb(HERE, server.trusting());
                var incoming = web.listen(question(server.urlOf(TlsServer.HOST), "{}"), SHORT)) {
            assertThatExceptionOfType(OutOfPatience.class)
                    .isThrownBy(() -> incoming.body().readAllBytes());
        }
    }

    @Test
    void listensToNobodyInsideAndToNobodyWithoutTls() {
        try (var web = new PublicWeb(
                new PublicHosts(InetAddress::getAllByName), Tls.builder().build())) {
            for (var url : List.of("https://localhost/v1", "http://models.test/v1")) {
                assertThatExceptionOfType(NotPublic.class)
                        .isThrownBy(() -> web.listen(question(URI.create(url), null), PATIENCE));
            }
        }
    }

    private static Question question(URI url, @Nullable String body) {
        return new Question(url, Map.of("Authorization", List.of("Bearer k")), body);
    }
}
