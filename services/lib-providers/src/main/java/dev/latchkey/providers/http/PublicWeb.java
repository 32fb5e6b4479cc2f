package dev.latchkey.providers.http;

import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webclient.api.HttpClientResponse;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.http1.Http1Client;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The way to addresses that users chose: over TLS to a host whose addresses are all public, at the very address that was
 * looked at. A second look-up could answer otherwise.
 */
final class PublicWeb implements Web, AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Hosts hosts;
    private final Tls tls;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    PublicWeb(Hosts hosts, Tls tls) {
        this.hosts = hosts;
        this.tls = tls;
    }

    @Override
    public Future<Answer> begin(Question question) {
        return threads.submit(() -> askAt(publicAddressOf(question.url()), question));
    }

    @Override
    public Future<Incoming> open(Question question) {
        return threads.submit(() -> {
            var response = respond(publicAddressOf(question.url()), question);
            return new Incoming(response.status().code(), headers(response), bodyOf(response));
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private InetAddress publicAddressOf(URI url) throws IOException {
        if (!"https".equals(url.getScheme())) {
            throw new NotPublic();
        }
        return hosts.publicAddressOf(url.getHost());
    }

    private Answer askAt(InetAddress address, Question question) throws IOException {
        try (var response = respond(address, question)) {
            return answer(response);
        }
    }

    private HttpClientResponse respond(InetAddress address, Question question) {
        var request = clientOf(address)
                .method(question.body() == null ? Method.GET : Method.POST)
                .uri(question.url());
        question.headers().forEach((name, values) -> request.header(HeaderNames.create(name), values));
        var body = question.body();
        return body == null ? request.request() : request.submit(body);
    }

    private Http1Client clientOf(InetAddress address) {
        return Http1Client.builder()
                .dnsResolver((_, _) -> address)
                .tls(tls)
                .proxy(Proxy.noProxy())
                .followRedirects(false)
                .connectTimeout(CONNECT_TIMEOUT)
                .sendExpectContinue(false)
                .keepAlive(false)
                .shareConnectionCache(false)
                .build();
    }

    private static Answer answer(HttpClientResponse response) throws IOException {
        try (var in = response.inputStream()) {
            byte[] body = in.readNBytes(LARGEST_ANSWER + 1);
            if (body.length > LARGEST_ANSWER) {
                throw new IOException("the answer is larger than " + LARGEST_ANSWER + " bytes");
            }
            var text = new String(body, StandardCharsets.UTF_8);
            return new Answer(response.status().code(), headers(response), text);
        }
    }

    private static HttpHeaders headers(HttpClientResponse response) {
        var headers = new HashMap<String, List<String>>();
        response.headers().forEach(header -> headers.put(header.name(), header.allValues()));
        return HttpHeaders.of(headers, (_, _) -> true);
    }

    /** With the connection, which is of no other use. */
    private static InputStream bodyOf(HttpClientResponse response) {
        return new FilterInputStream(response.inputStream()) {
            @Override
            public void close() {
                response.close();
            }
        };
    }
}
