package dev.latchkey.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every route but the description of the API asks for a token that is valid now. */
final class AccessTest {
    private static final String ANY_ID = "018f3a00-0000-7000-8000-000000000001";

    @SuppressWarnings("NullAway.Init")
    private static RunningApi api;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        api = new RunningApi(directory, RunningApi.PLENTY);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @TestFactory
    Stream<DynamicTest> turnsAwayWhoeverHasNoToken() {
        var caller = api.caller();

        return routes().map(route -> DynamicTest.dynamicTest(
                name(route),
                () -> assertThat(caller.send(request(route, caller.api())))
                        .isEqualTo(unauthorized("a bearer token is needed"))));
    }

    @TestFactory
    Stream<DynamicTest> turnsAwayWhoseTokenHasExpired() {
        var caller = api.callerWithExpiredToken();

        return routes().map(route -> DynamicTest.dynamicTest(
                name(route),
                () -> assertThat(caller.send(
                                request(route, caller.api()).header("authorization", "Bearer " + caller.token())))
                        .isEqualTo(unauthorized("the bearer token is not valid"))));
    }

    private static Stream<Route> routes() {
        return api.routes().stream().filter(route -> !route.path().equals("/openapi.json"));
    }

    private static String name(Route route) {
        return route.method().text() + " " + route.path();
    }

    private static HttpRequest.Builder request(Route route, URI base) {
        return HttpRequest.newBuilder(base.resolve(route.path().replace("{id}", ANY_ID)))
                .method(route.method().text(), BodyPublishers.noBody());
    }

    private static Answer unauthorized(String detail) {
        return Answer.problem(401, "Unauthorized", detail).with("www-authenticate", "Bearer");
    }
}
