package dev.latchkey.api.rest;

import io.helidon.http.HeaderNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The description of this API, for machines. */
final class OpenApi {
    private OpenApi() {}

    static Route route() {
        byte[] document = read();
        return Route.get(
                "/openapi.json",
                (request, response) -> response.header(HeaderNames.CONTENT_TYPE, "application/json")
                        .send(document));
    }

    static byte[] read() {
        try (var in = OpenApi.class.getResourceAsStream("/openapi.json")) {
            return Objects.requireNonNull(in, "openapi.json").readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
