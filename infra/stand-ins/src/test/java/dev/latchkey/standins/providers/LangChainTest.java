package dev.latchkey.standins.providers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicModelCatalog;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.catalog.ModelDescription;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiModelCatalog;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiModelCatalog;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.latchkey.standins.local.Listen;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clients that Latchkey uses can not tell the stand-in from the providers. */
final class LangChainTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    enum Provider {
        OPENAI("sk-", "gpt-4o-mini"),
        GOOGLE("AIza-", "gemini-1.5-flash"),
        ANTHROPIC("sk-ant-", "claude-3-sonnet-20240229");

        private final String prefix;
        private final String model;

        Provider(String prefix, String model) {
            this.prefix = prefix;
            this.model = model;
        }
    }

    private final ProviderStandIn standIn =
            ProviderStandIn.start(Listen.atAnyPort(), Delays.usual(), Clock.systemUTC());

    @AfterEach
    void close() {
        standIn.close();
    }

    @ParameterizedTest
    @EnumSource
    void chats(Provider provider) {
        var response = model(provider, "good-0123456789", PATIENT)
                .chat(SystemMessage.from("be brief"), UserMessage.from("what is \"6 x 7\"?"));

        var name = provider.name().toLowerCase(Locale.ROOT);
        assertThat(response.aiMessage().text())
                .isEqualTo("This is " + name + " " + provider.model + ". You asked: what is \"6 x 7\"?");
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(4);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
        assertThat(response.tokenUsage().totalTokenCount())
                .isEqualTo(4 + response.tokenUsage().outputTokenCount());
    }

    @ParameterizedTest
    @EnumSource
    void usesToolsOneAfterTheOtherAndTellsWhatTheySaid(Provider provider) {
        var model = model(provider, "good-0123456789", PATIENT);
        var question = "How am I doing?\nuse positions {}\nuse prices {\"symbol\": \"AAPL\"}";

        var first = model.chat(offering(UserMessage.from(question))).aiMessage();
        assertThat(calls(first)).containsExactly(entry("positions", "{}"));
        var second = model.chat(offering(UserMessage.from(question), first, result(first, 0, "none")))
                .aiMessage();
        assertThat(calls(second)).containsExactly(entry("prices", "{\"symbol\":\"AAPL\"}"));
        var last = model.chat(offering(
                        UserMessage.from(question),
                        first,
                        result(first, 0, "none"),
                        second,
                        result(second, 0, "USD 101")))
                .aiMessage();
        assertThat(last.hasToolExecutionRequests()).isFalse();
        assertThat(last.text())
                .startsWith(
                        "This is " + provider.name().toLowerCase(Locale.ROOT) + " " + provider.model + ". You asked: ")
                .endsWith(" The tools said: none; USD 101");
    }

    @ParameterizedTest
    @EnumSource
    void usesAllToolsInOneTurnWhenAskedTo(Provider provider) {
        var model = model(provider, "good-0123456789", PATIENT);
        var question =
                UserMessage.from("use-all\nuse prices {\"symbol\": \"AAPL\"}\nuse prices {\"symbol\": \"MSFT\"}");

        var both = model.chat(offering(question)).aiMessage();
        var last = model.chat(offering(question, both, result(both, 0, "101"), result(both, 1, "402")))
                .aiMessage();

        assertThat(calls(both))
                .containsExactly(entry("prices", "{\"symbol\":\"AAPL\"}"), entry("prices", "{\"symbol\":\"MSFT\"}"));
        assertThat(last.text()).endsWith(" The tools said: 101; 402");
    }

    @ParameterizedTest
    @EnumSource
    void usesNoToolsThatItIsNotOffered(Provider provider) {
        var answer = model(provider, "good-0123456789", PATIENT).chat("use prices {}");

        assertThat(answer).endsWith("You asked: use prices {}");
    }

    @Test
    void startsOverWhenTheUserSaysMore() {
        var model = model(Provider.OPENAI, "good-0123456789", PATIENT);
        var question = UserMessage.from("use prices {}");

        var first = model.chat(offering(question)).aiMessage();
        var again = model.chat(
                        offering(question, first, result(first, 0, "101"), UserMessage.from("And now?\nuse positions")))
                .aiMessage();

        assertThat(calls(again)).containsExactly(entry("positions", "{}"));
    }

    @ParameterizedTest
    @EnumSource
    void streamsCallsOfTools(Provider provider) {
        var question = UserMessage.from("use-all\nuse prices {\"symbol\": \"AAPL\"}\nuse positions {}");
        var words = new ArrayList<String>();
        var answer = new CompletableFuture<ChatResponse>();

        streamingModel(provider).chat(offering(question), collecting(words, answer));

        var response = answer.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(calls(response.aiMessage()))
                .containsExactly(entry("prices", "{\"symbol\":\"AAPL\"}"), entry("positions", "{}"));
        assertThat(words).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "half"})
    void losesConnections(String word) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() ->
                        model(Provider.OPENAI, word + "-0123456789", PATIENT).chat("hello"))
                .withRootCauseInstanceOf(IOException.class);
    }

    @Test
    void listsModels() {
        var openAi = OpenAiModelCatalog.builder()
                .baseUrl(standIn.address() + "/v1")
                .apiKey("sk-good-0123456789")
                .build();
        var gemini = GoogleAiGeminiModelCatalog.builder()
                .baseUrl(standIn.address() + "/v1beta")
                .apiKey("AIza-good-0123456789")
                .build();
        var anthropic = AnthropicModelCatalog.builder()
                .baseUrl(standIn.address() + "/v1")
                .apiKey("sk-ant-good-0123456789")
                .build();

        assertThat(names(openAi.listModels())).contains("gpt-4o-mini");
        assertThat(names(gemini.listModels())).anyMatch(name -> name.endsWith("gemini-1.5-flash"));
        assertThat(names(anthropic.listModels())).contains("claude-3-sonnet-20240229");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPENAI", "ANTHROPIC"})
    void refusesABadKeyAsUnauthorized(Provider provider) {
        assertThatExceptionOfType(AuthenticationException.class)
                .isThrownBy(() -> model(provider, "bad-0123456789", PATIENT).chat("hello"));
    }

    @Test
    void refusesABadGeminiKeyAsAnInvalidRequest() {
        assertThatExceptionOfType(InvalidRequestException.class)
                .isThrownBy(
                        () -> model(Provider.GOOGLE, "bad-0123456789", PATIENT).chat("hello"))
                .withMessageContaining("API_KEY_INVALID");
    }

    @ParameterizedTest
    @EnumSource
    void limitsTheRate(Provider provider) {
        assertThatExceptionOfType(RateLimitException.class)
                .isThrownBy(
                        () -> model(provider, "ratelimited-0123456789", PATIENT).chat("hello"));
    }

    @ParameterizedTest
    @EnumSource
    void breaks(Provider provider) {
        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() -> model(provider, "broken-0123456789", PATIENT).chat("hello"));
    }

    @ParameterizedTest
    @EnumSource
    void hangs(Provider provider) {
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> model(provider, "hang-0123456789", Duration.ofMillis(300))
                        .chat("hello"));
    }

    @ParameterizedTest
    @EnumSource
    void streamsWordByWord(Provider provider) {
        var words = new ArrayList<String>();
        var answer = new CompletableFuture<ChatResponse>();

        streamingModel(provider).chat("who are you?", collecting(words, answer));

        var response = answer.orTimeout(20, TimeUnit.SECONDS).join();
        var name = provider.name().toLowerCase(Locale.ROOT);
        assertThat(response.aiMessage().text())
                .isEqualTo("This is " + name + " " + provider.model + ". You asked: who are you?");
        assertThat(words)
                .containsExactly(
                        "This ", "is ", name + " ", provider.model + ". ", "You ", "asked: ", "who ", "are ", "you?");
        assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(response.tokenUsage().inputTokenCount()).isEqualTo(3);
        assertThat(response.tokenUsage().outputTokenCount()).isPositive();
    }

    private StreamingChatModel streamingModel(Provider provider) {
        return switch (provider) {
            case OPENAI ->
                OpenAiStreamingChatModel.builder()
                        .baseUrl(standIn.address() + "/v1")
                        .apiKey("sk-good-0123456789")
                        .modelName(provider.model)
                        .timeout(PATIENT)
                        .build();
            case GOOGLE ->
                GoogleAiGeminiStreamingChatModel.builder()
                        .baseUrl(standIn.address() + "/v1beta")
                        .apiKey("AIza-good-0123456789")
                        .modelName(provider.model)
                        .timeout(PATIENT)
                        .build();
            case ANTHROPIC ->
                AnthropicStreamingChatModel.builder()
                        .baseUrl(standIn.address() + "/v1")
                        .apiKey("sk-ant-good-0123456789")
                        .modelName(provider.model)
                        .maxTokens(100)
                        .timeout(PATIENT)
                        .build();
        };
    }

    private static ChatRequest offering(ChatMessage... messages) {
        var tools = Stream.of("prices", "positions")
                .map(name -> ToolSpecification.builder()
                        .name(name)
                        .parameters(JsonObjectSchema.builder().build())
                        .build())
                .toList();
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(tools)
                .build();
    }

    private static ToolExecutionResultMessage result(AiMessage wish, int call, String text) {
        return ToolExecutionResultMessage.from(wish.toolExecutionRequests().get(call), text);
    }

    /** Names and arguments without the blanks that clients put into them. */
    private static List<Map.Entry<String, String>> calls(AiMessage wish) {
        return wish.toolExecutionRequests().stream()
                .map(call -> Map.entry(call.name(), call.arguments().replaceAll("\\s", "")))
                .toList();
    }

    private ChatModel model(Provider provider, String key, Duration timeout) {
        return switch (provider) {
            case OPENAI ->
                OpenAiChatModel.builder()
                        .baseUrl(standIn.address() + "/v1")
                        .apiKey(provider.prefix + key)
                        .modelName(provider.model)
                        .timeout(timeout)
                        .maxRetries(0)
                        .build();
            case GOOGLE ->
                GoogleAiGeminiChatModel.builder()
                        .baseUrl(standIn.address() + "/v1beta")
                        .apiKey(provider.prefix + key)
                        .modelName(provider.model)
                        .timeout(timeout)
                        .maxRetries(0)
                        .build();
            case ANTHROPIC ->
                AnthropicChatModel.builder()
                        .baseUrl(standIn.address() + "/v1")
                        .apiKey(provider.prefix + key)
                        .modelName(provider.model)
                        .maxTokens(100)
                        .timeout(timeout)
                        .maxRetries(0)
                        .build();
        };
    }

    private static List<String> names(List<ModelDescription> models) {
        return models.stream().map(ModelDescription::name).toList();
    }

    private static StreamingChatResponseHandler collecting(List<String> words, CompletableFuture<ChatResponse> answer) {
        return new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String word) {
                words.add(word);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                answer.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                answer.completeExceptionally(error);
            }
        };
    }
}
