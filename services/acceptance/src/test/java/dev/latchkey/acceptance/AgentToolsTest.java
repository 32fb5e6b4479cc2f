package dev.latchkey.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.client.ApiClient;
import dev.latchkey.embedded.client.Eventually;
import dev.latchkey.embedded.client.Publisher;
import dev.latchkey.embedded.client.TopicTail;
import dev.latchkey.events.OrderProposed;
import dev.latchkey.events.PriceObserved;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import dev.latchkey.events.Side;
import dev.latchkey.events.TradeReported;
import dev.latchkey.runtime.Json;
import dev.latchkey.schemas.Topics;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents use tools: they answer with the user's own figures, and propose what the user approves. */
@ExtendWith(OneStack.class)
final class AgentToolsTest {
    private static final String PROPOSAL = "use propose_order {\"symbol\": \"BTC-USD\", \"side\": \"buy\","
            + " \"quantity\": \"0.25\", \"limit_price\": \"64000.50\"}";

    @Test
    void anAnalystAnswersWithTheFiguresOfTheUsersOwnBooks(Stack stack) throws Exception {
        var user = User.withKey(stack, "sk-analyst-0001");
        var stranger = User.withKey(stack, "sk-analyst-0002");
        try (var runs = new Runs(stack);
                var publisher = new Publisher(stack.kafka())) {
            var symbol = "T"
                    + UUID.randomUUID()
                            .toString()
                            .replace("-", "")
                            .substring(0, 8)
                            .toUpperCase(Locale.ROOT) + "-USD";
            trade(user, symbol, "1.5", "100.25", publisher);
            trade(stranger, symbol, "7", "1", publisher);
            publisher.publish(Topics.PRICES, symbol, price(symbol, "120.5"));
            var position = Eventually.ask(
                    () -> position(user, symbol),
                    found -> found.path("unrealized_gross").isTextual());

            var run = runs.finalOf(user.submit(
                    "How is " + symbol + "?\nuse positions {}\nuse price {\"symbol\": \"" + symbol + "\"}"));

            assertThat(run.getState()).isEqualTo(RunState.ANSWERED);
            assertThat(run.getStep()).isEqualTo(3);
            assertThat(run.getAnswer())
                    .contains("\"position_qty\":\""
                            + position.path("position_qty").asText() + "\"")
                    .contains("\"unrealized_gross\":\""
                            + position.path("unrealized_gross").asText() + "\"")
                    .contains("120.5");
            assertThat(new BigDecimal(position.path("unrealized_gross").asText()))
                    .isEqualByComparingTo("30.375");
        }
    }

    @Test
    void aTraderProposesWhatItsUserApprovesOnceWhoeverDiesMeanwhile(Stack stack) throws Exception {
        var user = User.withKey(stack, "sk-trader-0001");
        try (var runs = new Runs(stack)) {
            var prompt = ask(user, "Buy some.\n" + PROPOSAL);
            var waiting = awaitApproval(user, prompt);
            assertThat(waiting.path("pending_calls").get(0).path("tool").asText())
                    .isEqualTo("propose_order");
            assertThat(Json.MAPPER
                            .readTree(waiting.path("pending_calls")
                                    .get(0)
                                    .path("arguments")
                                    .asText())
                            .path("limit_price")
                            .asText())
                    .isEqualTo("64000.50");
            assertThat(proposals(stack, user)).isEmpty();
            for (var program : List.of(Stack.Program.AGENT_WORKER, Stack.Program.ROUTER)) {
                stack.kill(program);
                stack.start(program);
            }

            var approved = Eventually.ask(
                    () -> user.api().post(path(prompt) + "/approval", Map.of("approved", true)),
                    reply -> reply.status() != 503);

            assertThat(approved.status()).as(approved.body().toString()).isEqualTo(202);
            var run = runs.finalOf(prompt);
            assertThat(run.getState()).isEqualTo(RunState.ANSWERED);
            assertThat(run.getAnswer()).contains("proposed, not traded");
            assertThat(proposals(stack, user)).singleElement().satisfies(order -> {
                assertThat(order.getSymbol()).isEqualTo("BTC-USD");
                assertThat(order.getSide()).isEqualTo(Side.BUY);
                assertThat(order.getQuantity()).isEqualByComparingTo("0.25");
                assertThat(order.getLimitPrice()).isEqualByComparingTo("64000.50");
                assertThat(order.getPromptId()).isEqualTo(prompt);
            });
            assertThat(user.api()
                            .post(path(prompt) + "/approval", Map.of("approved", true))
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void aTraderProposesNothingThatItsUserRejects(Stack stack) {
        var user = User.withKey(stack, "sk-trader-0002");
        try (var runs = new Runs(stack)) {
            var prompt = ask(user, "Buy some.\n" + PROPOSAL);
            awaitApproval(user, prompt);

            user.api().post(path(prompt) + "/approval", Map.of("approved", false));

            var run = runs.finalOf(prompt);
            assertThat(run.getState()).isEqualTo(RunState.ANSWERED);
            assertThat(run.getAnswer()).contains("The user does not want this.");
            assertThat(proposals(stack, user)).isEmpty();
        }
    }

    @Test
    void nobodyDecidesForAnother(Stack stack) {
        var user = User.withKey(stack, "sk-trader-0003");
        var stranger = User.withKey(stack, "sk-trader-0004");
        var prompt = ask(user, "Buy some.\n" + PROPOSAL);
        awaitApproval(user, prompt);

        assertThat(stranger.api()
                        .post(path(prompt) + "/approval", Map.of("approved", true))
                        .status())
                .isEqualTo(404);
        assertThat(stranger.api().post(path(prompt) + "/cancellation", Map.of()).status())
                .isEqualTo(404);
        assertThat(awaitApproval(user, prompt).path("status").asText()).isEqualTo("waiting_for_approval");
        user.api().post(path(prompt) + "/cancellation", Map.of());
    }

    @Test
    void aUserCancelsARunWhoseModelTakesForEver(Stack stack) {
        var user = User.withKey(stack, "sk-later-hang-cancelled");
        try (var runs = new Runs(stack)) {
            var prompt = user.submit("Take your time.");
            Eventually.ask(() -> user.api().get(path(prompt)).text("status"), "running"::equals);

            var cancelled = user.api().post(path(prompt) + "/cancellation", Map.of());

            assertThat(cancelled.status()).as(cancelled.body().toString()).isEqualTo(202);
            var run = runs.finalOf(prompt);
            assertThat(run.getState()).isEqualTo(RunState.CANCELLED);
            assertThat(run.getStatus()).isEqualTo(RunStatus.FAILED);
            assertThat(run.getReason()).isEqualTo(RunReason.CANCELLED);
        }
    }

    @Test
    void aSealedPromptUsesToolsAndNothingOfItIsReadable(Stack stack) throws Exception {
        var secret = "secret-" + UUID.randomUUID();
        var user = SealingUser.withKey(stack, "sk-sealed-tools-0001");
        try (var runs = new Runs(stack);
                var publisher = new Publisher(stack.kafka())) {
            var prompt = user.prompt(secret + "\nuse price {\"symbol\": \"" + secret + "\"}");
            publisher.publish(Topics.PROMPTS, user.id().toString(), prompt);

            var run = runs.finalOf(prompt.getPromptId());

            assertThat(run.getState()).isEqualTo(RunState.ANSWERED);
            assertThat(run.getStep()).isEqualTo(2);
            assertThat(user.answer(run)).contains(secret, "No price of that symbol was heard of.");
            var canary = new Canary("the question", secret);
            assertThat(Search.findings(new Keepers(stack).all(), List.of(canary)))
                    .isEmpty();
        }
    }

    @Test
    void aUserSeesWhatTheDayTookAndEndsItWithABudget(Stack stack) {
        var user = User.withKey(stack, "sk-budget-0001");
        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(user.submit("How are you?")).getState()).isEqualTo(RunState.ANSWERED);
            var usage = Eventually.ask(
                    () -> user.api().get("/api/v1/users/me/usage").body(),
                    found -> found.path("days").size() == 1);
            var today = usage.path("days").get(0);
            assertThat(today.path("calls").asLong()).isEqualTo(1);
            assertThat(today.path("model_name").asText()).isEqualTo("gpt-4o-mini");
            assertThat(new BigDecimal(today.path("cost").asText()))
                    .isEqualByComparingTo(
                            new BigDecimal(today.path("prompt_tokens").asLong() * 15L
                                            + today.path("completion_tokens").asLong() * 60L)
                                    .movePointLeft(8));

            var set = user.api().put("/api/v1/users/me/budget", Map.of("tokens_per_day", 1));

            assertThat(set.status()).as(set.body().toString()).isEqualTo(200);
            Eventually.ask(
                    () -> user.api()
                            .get("/api/v1/users/me/usage")
                            .body()
                            .path("budget")
                            .path("tokens_per_day")
                            .asLong(),
                    tokens -> tokens == 1);
            var refused = runs.finalOf(user.submit("And now?"));
            assertThat(refused.getState()).isEqualTo(RunState.REFUSED);
            assertThat(refused.getReason()).isEqualTo(RunReason.BUDGET_EXHAUSTED);
        }
    }

    @Test
    void aRefusedKeyIsMarkedAndStopsItsQueueUntilItIsReplaced(Stack stack) {
        var user = User.withKey(stack, "sk-later-bad-0001");
        try (var runs = new Runs(stack)) {
            assertThat(runs.finalOf(user.submit("Hello?")).getReason()).isEqualTo(RunReason.KEY_REFUSED);

            var marked = Eventually.ask(
                    () -> user.api().get(ApiClient.CREDENTIALS).body().get(0),
                    found -> found.path("status").asText().equals("refused"));

            assertThat(marked.path("status").asText()).isEqualTo("refused");
            var next = runs.finalOf(user.submit("Still there?"));
            assertThat(next.getState()).isEqualTo(RunState.REFUSED);
            assertThat(next.getReceipt()).isNull();
            user.api().put(ApiClient.CREDENTIALS + "/" + marked.path("id").asText(), Map.of("api_key", "sk-good-0001"));
            assertThat(Eventually.ask(() -> runs.finalOf(user.submit("Now?")).getState(), RunState.ANSWERED::equals))
                    .isEqualTo(RunState.ANSWERED);
        }
    }

    private static void trade(User user, String symbol, String quantity, String price, Publisher publisher) {
        var trade = Upstream.buy(user.id(), quantity, price);
        publisher.publish(
                Topics.TRADES,
                user.id().toString(),
                TradeReported.newBuilder(trade).setSymbol(symbol).build());
    }

    private static PriceObserved price(String symbol, String price) {
        return PriceObserved.newBuilder()
                .setSymbol(symbol)
                .setPrice(new BigDecimal(price).setScale(18))
                .setObservedAt(Instant.now())
                .setSource("test")
                .build();
    }

    private static JsonNode position(User user, String symbol) {
        for (var position : user.api().get(ApiClient.PNL + "/positions").body().path("positions")) {
            if (position.path("symbol").asText().equals(symbol)
                    && position.path("level").asText().equals("symbol")) {
                return position;
            }
        }
        return Json.MAPPER.missingNode();
    }

    private static UUID ask(User user, String question) {
        var reply = user.api().post(ApiClient.PROMPTS, Map.of("prompt", question, "agent", "trader"));
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(202);
        return UUID.fromString(reply.text("prompt_id"));
    }

    private static JsonNode awaitApproval(User user, UUID prompt) {
        return Eventually.ask(
                () -> user.api().get(path(prompt)).body(),
                run -> run.path("status").asText().equals("waiting_for_approval"));
    }

    private static String path(UUID prompt) {
        return ApiClient.PROMPTS + "/" + prompt;
    }

    private static List<OrderProposed> proposals(Stack stack, User user) {
        try (var tail = new TopicTail<>(stack.kafka(), Topics.ORDERS_PROPOSED)) {
            return tail.all().stream()
                    .flatMap(seen -> seen.found().stream())
                    .filter(order -> order.getUserId().equals(user.id()))
                    .toList();
        }
    }
}
