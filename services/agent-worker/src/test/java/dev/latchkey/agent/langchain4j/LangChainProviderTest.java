package dev.latchkey.agent.langchain4j;

import static dev.latchkey.agent.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.agent.answering.Conversation;
import dev.latchkey.agent.langchain4j.LocalServer.Reply;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.providers.AllowedOrigins;
import dev.latchkey.providers.ProviderUrls;
import dev.latchkey.providers.http.Endpoints;
import dev.latchkey.sealing.ApiKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LangChainProviderTest {
    private static final ApiKey KEY = new ApiKey(Wire.ECHO);
    private static final List<Message> QUESTION =
            List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "How did I do?"));
    /** Long enough for a busy machine to put the question, and waited for wherever nobody answers. */
    private static final Duration SHORT = Duration.ofSeconds(2);

    /** A way in which a provider can answer, and what must come of it. */
    record Case(String name, Function<Wire, Reply> reply, CallOutcome outcome) {
        Duration patience() {
            return name.startsWith("hangs") ? SHORT : Duration.ofSeconds(30);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Case> cases() {
        return List.of(
                refusal(401, "x", new CallOutcome.KeyRefused("the provider refuses the key (status 401)")),
                refusal(403, "x", new CallOutcome.KeyRefused("the provider refuses the key (status 403)")),
                refusal(400, "x", new CallOutcome.RequestRefused("the provider refuses the request (status 400)")),
                refusal(404, "x", new CallOutcome.RequestRefused("the provider does not know the model (status 404)")),
                refusal(302, "x", new CallOutcome.RequestRefused("the provider refuses the request (status 302)")),
                refusal(400, "content_filter", new CallOutcome.ContentRefused("the provider refuses the content")),
                refusal(500, "x", new CallOutcome.Unavailable("the provider answered with status 500")),
                refusal(503, "x", new CallOutcome.Unavailable("the provider answered with status 503")),
                refusal(529, "x", new CallOutcome.Unavailable("the provider answered with status 529")),
                refusal(429, "x", new CallOutcome.RateLimited(null)),
                new Case(
                        "429 in 7 seconds",
                        wire -> Reply.of(429, wire.error("x")).with("Retry-After", "7"),
                        new CallOutcome.RateLimited(Duration.ofSeconds(7))),
                new Case(
                        "429 until a date",
                        wire -> Reply.of(429, wire.error("x")).with("Retry-After", "Tue, 24 Nov 2026 10:00:30 GMT"),
                        new CallOutcome.RateLimited(Duration.ofSeconds(30))),
                new Case(
                        "content refused in an answer",
                        wire -> Reply.of(200, wire.contentRefused()),
                        new CallOutcome.ContentRefused("the provider refuses the content")),
                new Case(
                        "empty answer",
                        wire -> Reply.of(200, wire.answer("")),
                        new CallOutcome.Unavailable("the provider gave an empty answer")),
                new Case(
                        "longest answer",
                        wire -> Reply.of(200, wire.answer("x".repeat(200_000))),
                        CallOutcome.Answered.inWords(
                                "x".repeat(200_000), new CallOutcome.Tokens(12L, 34L), "the-model-2024")),
                new Case(
                        "answer beyond the longest",
                        wire -> Reply.of(200, wire.answer("x".repeat(200_001))),
                        new CallOutcome.Declined("The answer is longer than 200000 characters.")),
                new Case(
                        "model name that is none",
                        wire -> Reply.of(200, wire.answer("Well.").replace("the-model-2024", "m".repeat(201))),
                        CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(12L, 34L), null)),
                new Case(
                        "empty object",
                        wire -> Reply.of(200, "{}"),
                        new CallOutcome.Unavailable("the provider's answer can not be read")),
                new Case(
                        "no JSON",
                        wire -> Reply.of(200, "<html>" + Wire.ECHO),
                        new CallOutcome.Unavailable("the provider's answer can not be read")),
                new Case(
                        "hangs before the status",
                        wire -> Reply.of(200, wire.answer("Well.")).hanging(Reply.Hang.BEFORE_THE_STATUS),
                        new CallOutcome.Unavailable("the provider did not answer in time")),
                new Case(
                        "hangs within the body",
                        wire -> Reply.of(200, wire.answer("Well.")).hanging(Reply.Hang.WITHIN_THE_BODY),
                        new CallOutcome.Unavailable("the provider did not answer in time")));
    }

    private static Case refusal(int status, String code, CallOutcome outcome) {
        return new Case(status + " " + code, wire -> Reply.of(status, wire.error(code)), outcome);
    }

    static Stream<Arguments> table() {
        return Stream.of(Wire.values()).flatMap(wire -> cases().stream().map(someCase -> Arguments.of(wire, someCase)));
    }

    @ParameterizedTest
    @MethodSource("table")
    void tellsHowACallEndedAfterOneRequest(Wire wire, Case someCase) throws Exception {
        try (var server = LocalServer.replying(someCase.reply().apply(wire))) {
            assertThat(call(server, wire, someCase.patience())).isEqualTo(someCase.outcome());
            await().untilAsserted(() -> assertThat(server.asked()).hasSize(1));
        }
    }

    @ParameterizedTest
    @EnumSource
    void bringsTheAnswerWithItsTokensAndModel(Wire wire) throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, wire.answer("Well.")))) {
            assertThat(call(server, wire, Duration.ofSeconds(30)))
                    .isEqualTo(
                            CallOutcome.Answered.inWords("Well.", new CallOutcome.Tokens(12L, 34L), "the-model-2024"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksWhereTheProviderListensWithTheKeyInItsHeader(Wire wire) throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, wire.answer("Well.")))) {
            call(server, wire, Duration.ofSeconds(30));

            var asked = server.asked().getFirst();
            assertThat(asked.path()).isEqualTo(wire.path);
            assertThat(asked.headers().get(wire.keyHeader)).endsWith(Wire.ECHO);
            assertThat(asked.headers()).doesNotContainKey("upgrade");
            assertThat(asked.body()).contains("Be brief.", "How did I do?").doesNotContain(Wire.ECHO);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsAProviderThatNobodyListensAt(Wire wire) throws Exception {
        var server = LocalServer.replying(Reply.of(200, "{}"));
        server.close();

        assertThat(call(server, wire, Duration.ofSeconds(30)))
                .isEqualTo(new CallOutcome.Unavailable("the connection to the provider failed"));
    }

    @Test
    void knowsGooglesWayToRefuseAKey() throws Exception {
        try (var server = LocalServer.replying(Reply.of(400, Wire.GOOGLE.error("API_KEY_INVALID")))) {
            assertThat(call(server, Wire.GOOGLE, Duration.ofSeconds(30)))
                    .isEqualTo(new CallOutcome.KeyRefused("the provider refuses the key (status 400)"));
        }
    }

    @Test
    void knowsGooglesWayToAskForPatience() throws Exception {
        var body = """
                {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"retryDelay":"17.5s"}]}}""";
        try (var server = LocalServer.replying(Reply.of(429, body))) {
            assertThat(call(server, Wire.GOOGLE, Duration.ofSeconds(30)))
                    .isEqualTo(new CallOutcome.RateLimited(Duration.ofMillis(17_500)));
        }
    }

    @Test
    void takesGeminiNamesWithTheirPrefixAndPutsInstructionsWhereGeminiWantsThem() throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, Wire.GOOGLE.answer("Well.")))) {
            var model = new ChatCall.Model("google", "models/the-model", null);
            call(server, model, Duration.ofSeconds(30));

            var asked = server.asked().getFirst();
            assertThat(asked.path()).isEqualTo(Wire.GOOGLE.path);
            var body = new ObjectMapper().readTree(asked.body());
            assertThat(body.at("/systemInstruction/parts/0/text").asText()).isEqualTo("Be brief.");
            assertThat(body.at("/contents/0/role").asText()).isEqualTo("user");
            assertThat(body.at("/contents")).hasSize(1);
        }
    }

    @Test
    void tellsAnthropicTheMostTokensToAnswerWith() throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, Wire.ANTHROPIC.answer("Well.")))) {
            call(server, Wire.ANTHROPIC, Duration.ofSeconds(30));

            assertThat(server.asked().getFirst().body()).containsPattern("\"max_tokens\"\\s*:\\s*4096");
        }
    }

    @Test
    void refusesTasksThatCanNotBePutToAProvider() throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, "{}"))) {
            assertThat(call(server, new ChatCall.Model("nobody", "x", null), SHORT))
                    .isEqualTo(new CallOutcome.Declined("The task names no provider that can be asked."));
            assertThat(call(server, new ChatCall.Model("openai-compatible", "x", "not a url"), SHORT))
                    .isEqualTo(new CallOutcome.Declined("The task names no provider that can be asked."));
        }
    }

    @Test
    void asksNobodyAtAUsersAddressThatIsNotPublic() throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, Wire.OPENAI.answer("Well.")));
                var endpoints = new Endpoints(
                        new ProviderUrls(server.url(), server.url(), server.url()), AllowedOrigins.none())) {
            var provider = new LangChainProvider(endpoints, InstantSource.fixed(NOW));
            for (var baseUrl : List.of(server.url() + "/v1", "https://localhost/v1", "https://169.254.169.254/v1")) {
                var model = new ChatCall.Model("openai-compatible", "x", baseUrl);

                assertThat(provider.call(new ChatCall(model, Conversation.of(QUESTION), KEY, Duration.ofSeconds(30))))
                        .isEqualTo(new CallOutcome.Declined("The base URL is no public address."));
            }
            assertThat(server.asked()).isEmpty();
        }
    }

    @Test
    void stopsACallWhenItsThreadIsInterrupted() {
        var reply = Reply.of(200, "{}").hanging(Reply.Hang.BEFORE_THE_STATUS);
        try (var server = LocalServer.replying(reply)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> call(server, Wire.OPENAI, Duration.ofSeconds(30)))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    /** Providers quote the key in error bodies, and langchain4j logs bodies: nothing of it may come out. */
    @Test
    void letsNothingOfWhatAProviderWritesIntoLogsOrOutcomes() throws Exception {
        var errors = System.err;
        var log = new ByteArrayOutputStream();
        var outcomes = new ArrayList<CallOutcome>();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            for (var wire : Wire.values()) {
                for (var someCase : cases()) {
                    try (var server = LocalServer.replying(someCase.reply().apply(wire))) {
                        outcomes.add(call(server, wire, someCase.patience()));
                    }
                }
            }
        } finally {
            System.setErr(errors);
        }

        assertThat(outcomes).hasSize(Wire.values().length * cases().size());
        assertThat(outcomes.toString()).doesNotContain("LEAK", "You sent");
        assertThat(log.toString(StandardCharsets.UTF_8)).doesNotContain("LEAK", "You sent");
    }

    private static CallOutcome call(LocalServer server, Wire wire, Duration patience) throws InterruptedException {
        return call(server, wire.model(server.url()), patience);
    }

    private static CallOutcome call(LocalServer server, ChatCall.Model model, Duration patience)
            throws InterruptedException {
        try (var endpoints = server.asEveryProvider()) {
            var provider = new LangChainProvider(endpoints, InstantSource.fixed(NOW));
            return provider.call(new ChatCall(model, Conversation.of(QUESTION), KEY, patience));
        }
    }
}
