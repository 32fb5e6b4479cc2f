package dev.latchkey.agent.langchain4j;

import static dev.latchkey.agent.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.latchkey.agent.answering.CallOutcome;
import dev.latchkey.agent.answering.ChatCall;
import dev.latchkey.agent.answering.Conversation;
import dev.latchkey.agent.answering.Provider;
import dev.latchkey.agent.answering.ToolOffer;
import dev.latchkey.agent.langchain4j.LocalServer.Reply;
import dev.latchkey.events.Message;
import dev.latchkey.events.Role;
import dev.latchkey.events.StepMade;
import dev.latchkey.events.ToolCall;
import dev.latchkey.events.ToolResult;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LangChainProviderTest {
    private static final ApiKey KEY = new ApiKey(Wire.ECHO);
    private static final List<Message> QUESTION =
            List.of(new Message(Role.SYSTEM, "Be brief."), new Message(Role.USER, "How did I do?"));
    /** Those that hang cost no more than their wait together, and no machine is too small for so many at a time. */
    private static final int AT_A_TIME = 8;

    /** What came of a case. */
    private record Observed(CallOutcome outcome, List<LocalServer.Asked> asked) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<ToolOffer> TOOLS = List.of(new ToolOffer(
            "prices",
            "What a symbol costs.",
            List.of(
                    new ToolOffer.Parameter("symbol", "Which one.", true, List.of()),
                    new ToolOffer.Parameter("side", "Of whom.", false, List.of("BUY", "SELL")))));
    private static final List<StepMade> STEPS = List.of(new StepMade(
            "Let me see.",
            List.of(call("call_1"), call("call_2")),
            List.of(result("call_2", "102"), result("call_1", "101"))));
    private static final Map<Case, Observed> OBSERVED = new ConcurrentHashMap<>();
    private static final Map<Case, Observed> OVERHEARD = new ConcurrentHashMap<>();
    private static String log = "";

    /** Once for all tests, and with all servers up to the end, so that a second request would be seen whenever it came. */
    @BeforeAll
    static void asksEveryProviderInEveryCase() throws Exception {
        var errors = System.err;
        var written = new ByteArrayOutputStream();
        var servers = new ConcurrentLinkedQueue<LocalServer>();
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (var threads = Executors.newFixedThreadPool(AT_A_TIME)) {
            var all = Stream.concat(
                            Case.all().stream().<Callable<Observed>>map(one -> () -> observe(one, servers)),
                            streamedCases().<Callable<Observed>>map(one -> () -> overhear(one, servers)))
                    .toList();
            for (var done : threads.invokeAll(all)) {
                done.get();
            }
        } finally {
            System.setErr(errors);
            servers.forEach(LocalServer::close);
        }
        log = written.toString(StandardCharsets.UTF_8);
    }

    static Stream<Case> streamedCases() {
        return Stream.concat(Case.all().stream().map(Case::streamed), Case.onlyStreamed().stream());
    }

    private static Observed observe(Case someCase, Queue<LocalServer> servers) throws InterruptedException {
        var server = serverOf(someCase, servers);
        var observed = new Observed(call(server, someCase.wire(), someCase.patience()), server.asked());
        OBSERVED.put(someCase, observed);
        return observed;
    }

    private static Observed overhear(Case someCase, Queue<LocalServer> servers) throws InterruptedException {
        var server = serverOf(someCase, servers);
        var outcome = listen(server, someCase.wire(), someCase.patience(), piece -> {});
        var observed = new Observed(outcome, server.asked());
        OVERHEARD.put(someCase, observed);
        return observed;
    }

    private static LocalServer serverOf(Case someCase, Queue<LocalServer> servers) {
        var server = LocalServer.replying(someCase.reply());
        servers.add(server);
        return server;
    }

    @AfterAll
    static void forgets() {
        OBSERVED.clear();
        OVERHEARD.clear();
    }

    @ParameterizedTest
    @MethodSource("dev.latchkey.agent.langchain4j.Case#all")
    void tellsHowACallEndedAfterOneRequest(Case someCase) {
        var observed = Objects.requireNonNull(OBSERVED.get(someCase));

        assertThat(withoutBlanks(observed.outcome())).isEqualTo(someCase.outcome());
        assertThat(observed.asked()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("streamedCases")
    void tellsTheSameOfAnAnswerThatComesInPieces(Case someCase) {
        var observed = Objects.requireNonNull(OVERHEARD.get(someCase));

        assertThat(withoutBlanks(observed.outcome())).isEqualTo(someCase.outcome());
        assertThat(observed.asked()).hasSize(1);
    }

    /** langchain4j writes arguments anew that are no text on the wire. */
    private static CallOutcome withoutBlanks(CallOutcome outcome) {
        return outcome instanceof CallOutcome.Answered(var text, var calls, var tokens, var model)
                ? new CallOutcome.Answered(
                        text,
                        calls.stream()
                                .map(call -> new ToolCall(
                                        call.getCallId(),
                                        call.getTool(),
                                        call.getArguments().replaceAll("\\s", ""),
                                        call.getSignature()))
                                .toList(),
                        tokens,
                        model)
                : outcome;
    }

    @ParameterizedTest
    @EnumSource
    void tellsEveryPieceAsItComesOnTheCallersThread(Wire wire) throws Exception {
        var pieces = new ArrayList<String>();
        var threads = new HashSet<Thread>();
        try (var server = LocalServer.replying(Reply.of(200, EventStream.of(wire, wire.answer("Well, it depends."))))) {
            var outcome = listen(server, wire, Duration.ofSeconds(30), piece -> {
                pieces.add(piece);
                threads.add(Thread.currentThread());
            });

            assertThat(outcome)
                    .isEqualTo(CallOutcome.Answered.inWords(
                            "Well, it depends.", new CallOutcome.Tokens(12L, 34L), "the-model-2024"));
            assertThat(pieces).containsExactly("Well, it", " depends.");
            assertThat(threads).containsExactly(Thread.currentThread());
            assertThat(server.asked().getFirst().path()).isEqualTo(wire.streamPath());
        }
    }

    @Test
    void asksOpenAiToCountTheTokensOfAnAnswerInPieces() throws Exception {
        try (var server =
                LocalServer.replying(Reply.of(200, EventStream.of(Wire.OPENAI, Wire.OPENAI.answer("Well."))))) {
            listen(server, Wire.OPENAI, Duration.ofSeconds(30), piece -> {});

            var body = JSON.readTree(server.asked().getFirst().body());
            assertThat(body.at("/stream").booleanValue()).isTrue();
            assertThat(body.at("/stream_options/include_usage").booleanValue()).isTrue();
        }
    }

    @Test
    void tellsAWholeAnswerAtOnceWhereNobodyStreams() throws Exception {
        var pieces = new ArrayList<String>();
        Provider whole = call -> CallOutcome.Answered.inWords("Well.", CallOutcome.Tokens.unknown(), null);

        whole.call(
                new ChatCall(new ChatCall.Model("any", "any", null), Conversation.of(QUESTION), KEY, Case.SHORT),
                pieces::add);

        assertThat(pieces).containsExactly("Well.");
    }

    /** Providers quote the key in error bodies, and langchain4j logs bodies: nothing of it may come out. */
    @Test
    void letsNothingOfWhatAProviderWritesIntoLogsOrOutcomes() {
        var outcomes = Stream.of(OBSERVED, OVERHEARD)
                .flatMap(observed -> observed.values().stream())
                .map(Observed::outcome)
                .toList();

        assertThat(outcomes).hasSize(Case.all().size() + (int) streamedCases().count());
        assertThat(outcomes.toString()).doesNotContain("LEAK", "You sent");
        assertThat(log).doesNotContain("LEAK", "You sent");
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
    void takesGeminiNamesWithTheirPrefixAndPutsInstructionsWhereGeminiWantsThem() throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, Wire.GOOGLE.answer("Well.")))) {
            var model = new ChatCall.Model("google", "models/the-model", null);
            call(server, model, Duration.ofSeconds(30));

            var asked = server.asked().getFirst();
            assertThat(asked.path()).isEqualTo(Wire.GOOGLE.path);
            var body = JSON.readTree(asked.body());
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
            assertThat(call(server, new ChatCall.Model("nobody", "x", null), Case.SHORT))
                    .isEqualTo(new CallOutcome.Declined("The task names no provider that can be asked."));
            assertThat(call(server, new ChatCall.Model("openai-compatible", "x", "not a url"), Case.SHORT))
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
        var reply = Reply.of(200, "{}").by(LocalServer.Delivery.HANGS_BEFORE_THE_STATUS);
        try (var server = LocalServer.replying(reply)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> call(server, Wire.OPENAI, Duration.ofSeconds(30)))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsListeningWhenItsThreadIsInterrupted(Wire wire) {
        var events = EventStream.of(wire, wire.answer("Well."));
        var withComment = events + ":" + "-".repeat(events.length() / 2);
        var reply = Reply.of(200, withComment).by(LocalServer.Delivery.HANGS_WITHIN_THE_BODY);
        try (var server = LocalServer.replying(reply)) {
            assertThatThrownBy(() -> listen(
                            server,
                            wire,
                            Duration.ofMinutes(1),
                            piece -> Thread.currentThread().interrupt()))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void showsToolsAndWhatTheyCameToAsTheProviderWantsThem(Wire wire) throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, wire.answer("Well.")))) {
            call(server, wire.model(server.url()), new Conversation(QUESTION, STEPS, TOOLS));

            var body = JSON.readTree(server.asked().getFirst().body());
            var shown = Shown.to(wire);
            assertThat(body.at(shown.toolsAt())).isEqualTo(JSON.readTree(shown.tools()));
            assertThat(body.at(shown.messagesAt())).isEqualTo(JSON.readTree(shown.messages()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoCallWithoutAResultAndNoResultWithoutACall(Wire wire) throws Exception {
        var half = new StepMade(
                "", List.of(call("call_1"), call("call_2")), List.of(result("call_2", ""), result("call_3", "stray")));
        try (var server = LocalServer.replying(Reply.of(200, wire.answer("Well.")))) {
            call(server, wire.model(server.url()), new Conversation(QUESTION, List.of(half), TOOLS));

            assertThat(server.asked().getFirst().body())
                    .containsSubsequence("This call has no result.", "This call has no result.")
                    .doesNotContain("stray");
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesCallsIdsThatNoCallOfTheRunHas(Wire wire) throws Exception {
        try (var server = LocalServer.replying(Reply.of(200, wire.call("call_1", "{}", wire.calling())))) {
            var outcome = call(server, wire.model(server.url()), new Conversation(QUESTION, STEPS, TOOLS));

            var wanted = new ToolCall("call-2-1", "prices", "{}", null);
            assertThat(withoutBlanks(outcome))
                    .isEqualTo(new CallOutcome.Answered(
                            "", List.of(wanted), new CallOutcome.Tokens(12L, 34L), "the-model-2024"));
        }
    }

    @Test
    void tellsTwoCallsOfOneAnswerApart() throws Exception {
        var twice = Wire.OPENAI
                .call("call_7", "{}", "tool_calls")
                .replaceFirst("\\[(\\{\"id\":\"call_7\".*?\\}\\})\\]", "[$1,$1]");
        try (var server = LocalServer.replying(Reply.of(200, twice))) {
            var outcome = call(server, Wire.OPENAI, Duration.ofSeconds(30));

            var wanted = List.of(
                    new ToolCall("call_7", "prices", "{}", null), new ToolCall("call-1-2", "prices", "{}", null));
            assertThat(outcome)
                    .isEqualTo(
                            new CallOutcome.Answered("", wanted, new CallOutcome.Tokens(12L, 34L), "the-model-2024"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsBackToGeminiWhatItSignedEachStepWith(boolean inPieces) throws Exception {
        var signed = inPieces ? SignedCalls.inPieces() : SignedCalls.whole();
        try (var server = LocalServer.replying(Reply.of(200, signed))) {
            var first = stepOf(ask(server, Wire.GOOGLE, new Conversation(QUESTION, List.of(), TOOLS), inPieces));
            var second = stepOf(ask(server, Wire.GOOGLE, new Conversation(QUESTION, List.of(first), TOOLS), inPieces));
            ask(server, Wire.GOOGLE, new Conversation(QUESTION, List.of(first, second), TOOLS), inPieces);

            var shown = JSON.readTree(server.asked().getLast().body()).at("/contents");
            assertThat(shown.valueStream()
                            .filter(content -> content.path("role").asText().equals("model")))
                    .containsExactly(
                            JSON.readTree(SignedCalls.shown("call-1-1", "call-1-2")),
                            JSON.readTree(SignedCalls.shown("call-2-1", "call-2-2")));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "GOOGLE")
    void tellsNobodyElseOfASignature(Wire wire) throws Exception {
        var signed = new ToolCall("call_1", "prices", "{}", SignedCalls.SIGNATURE);
        var step = new StepMade("", List.of(signed), List.of(result("call_1", "101")));
        try (var server = LocalServer.replying(Reply.of(200, wire.answer("Well.")))) {
            call(server, wire.model(server.url()), new Conversation(QUESTION, List.of(step), TOOLS));

            assertThat(server.asked().getFirst().body())
                    .contains("call_1")
                    .doesNotContainIgnoringCase("signature")
                    .doesNotContain(SignedCalls.SIGNATURE);
        }
    }

    private static CallOutcome ask(LocalServer server, Wire wire, Conversation conversation, boolean inPieces)
            throws InterruptedException {
        return inPieces ? listen(server, wire, conversation) : call(server, wire.model(server.url()), conversation);
    }

    /** Every call with a result. */
    private static StepMade stepOf(CallOutcome outcome) {
        var answered = (CallOutcome.Answered) outcome;
        var results = answered.calls().stream()
                .map(call -> result(call.getCallId(), "101"))
                .toList();
        return new StepMade(answered.text(), answered.calls(), results);
    }

    private static ToolCall call(String id) {
        return new ToolCall(id, "prices", "{\"symbol\":\"AAPL\"}", null);
    }

    private static ToolResult result(String id, String text) {
        return new ToolResult(id, text);
    }

    private static CallOutcome call(LocalServer server, Wire wire, Duration patience) throws InterruptedException {
        return call(server, wire.model(server.url()), patience);
    }

    private static CallOutcome call(LocalServer server, ChatCall.Model model, Duration patience)
            throws InterruptedException {
        return call(server, new ChatCall(model, Conversation.of(QUESTION), KEY, patience));
    }

    private static CallOutcome call(LocalServer server, ChatCall.Model model, Conversation conversation)
            throws InterruptedException {
        return call(server, new ChatCall(model, conversation, KEY, Duration.ofSeconds(30)));
    }

    private static CallOutcome call(LocalServer server, ChatCall call) throws InterruptedException {
        try (var endpoints = server.asEveryProvider()) {
            return new LangChainProvider(endpoints, InstantSource.fixed(NOW)).call(call);
        }
    }

    private static CallOutcome listen(LocalServer server, Wire wire, Duration patience, Consumer<String> heard)
            throws InterruptedException {
        return listen(server, new ChatCall(wire.model(server.url()), Conversation.of(QUESTION), KEY, patience), heard);
    }

    private static CallOutcome listen(LocalServer server, Wire wire, Conversation conversation)
            throws InterruptedException {
        var call = new ChatCall(wire.model(server.url()), conversation, KEY, Duration.ofSeconds(30));
        return listen(server, call, piece -> {});
    }

    private static CallOutcome listen(LocalServer server, ChatCall call, Consumer<String> heard)
            throws InterruptedException {
        try (var endpoints = server.asEveryProvider()) {
            return new LangChainProvider(endpoints, InstantSource.fixed(NOW)).call(call, heard);
        }
    }
}
