package dev.latchkey.router.http;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.BEN;
import static dev.latchkey.router.Given.NOW;
import static dev.latchkey.router.Given.active;
import static dev.latchkey.router.Given.call;
import static dev.latchkey.router.Given.id;
import static dev.latchkey.router.Given.modelOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.latchkey.events.AgentRun;
import dev.latchkey.events.KeyOwner;
import dev.latchkey.events.Receipt;
import dev.latchkey.events.RunReason;
import dev.latchkey.events.RunState;
import dev.latchkey.events.RunStatus;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.views.Views;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class UserEndpointsTest {
    private static final AgentRun ANSWERED = new AgentRun(
            id("p"),
            ANNA,
            "analyst",
            RunStatus.ANSWERED,
            "Fine.",
            null,
            null,
            new Receipt(KeyOwner.USER, id("a"), "sk-...wxyz", "openai", "gpt", 1, 11L, 22L, 3L, null, null),
            NOW,
            NOW.plusSeconds(1),
            null,
            RunState.ANSWERED,
            2,
            6,
            List.of());
    private static final AgentRun REFUSED = new AgentRun(
            id("q"),
            ANNA,
            "analyst",
            RunStatus.REFUSED,
            null,
            RunReason.NO_DEFAULT_MODEL,
            "You have no default model.",
            null,
            NOW,
            NOW,
            null,
            null,
            0,
            0,
            List.of());
    private static final AgentRun UNDECIDED = AgentRun.newBuilder(ANSWERED)
            .setPromptId(id("r"))
            .setStatus(RunStatus.RUNNING)
            .setState(RunState.WAITING_FOR_APPROVAL)
            .setAnswer(null)
            .setPendingCalls(List.of(call("ABC")))
            .build();

    private final Issuer issuer = new Issuer();
    private final Peers peers = new Peers();
    private final HttpEndpoint owner = serve(new FixedViews(
            Map.of(ANNA, modelOf(active("a", 3, 3))),
            Map.of(RunId.of(ANSWERED), ANSWERED, RunId.of(REFUSED), REFUSED, RunId.of(UNDECIDED), UNDECIDED)));
    private final HttpEndpoint other = serve(new SameAnswer.Elsewhere(at(owner)));
    private final HttpEndpoint lost = serve(new SameAnswer.Elsewhere(at(other)));
    private final HttpEndpoint alone = serve(new SameAnswer.Elsewhere(URI.create("http://localhost:1")));
    private final HttpEndpoint moving = serve(new SameAnswer.Unsettled());
    private final HttpClient http = HttpClient.newHttpClient();

    UserEndpointsTest() throws Exception {}

    @AfterEach
    void close() {
        lost.close();
        other.close();
        owner.close();
        alone.close();
        moving.close();
        peers.close();
        issuer.close();
        http.close();
    }

    @Test
    void tellsAUserTheDefaultModel() throws Exception {
        var answer = get(owner, "default-model", ANNA);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo(Json.MAPPER.readTree("""
                {"credential_id": "%s", "provider": "openai", "model_name": "model-of-a", "base_url": null,
                 "revision": 3, "changed_at": "2026-01-01T00:00:03Z"}""".formatted(id("a"))));
    }

    @Test
    void tellsAUserThatThereIsNoDefaultModel() throws Exception {
        var answer = get(owner, "default-model", BEN);

        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(body(answer)).isEqualTo(Json.MAPPER.readTree("""
                {"type": "about:blank", "title": "Not found", "status": 404, "detail": "no default model"}"""));
    }

    @Test
    void tellsAUserTheRunOfAPromptWithItsReceipt() throws Exception {
        var answer = get(owner, "prompts/" + id("p"), ANNA);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(body(answer)).isEqualTo(Json.MAPPER.readTree("""
                {"prompt_id": "%s", "agent": "analyst", "status": "answered", "step": 2, "most_steps": 6, "pending_calls": [], "answer": "Fine.", "sealed_answer": null, "reason": null,
                 "message": null, "receipt": {"key_owner": "user", "credential_id": "%s", "masked_key": "sk-...wxyz",
                 "provider": "openai", "model_name": "gpt", "attempts": 1, "prompt_tokens": 11,
                 "completion_tokens": 22, "credential_revision": 3, "cost": null, "cost_currency": null}, "submitted_at": "2026-01-01T00:00:00Z",
                 "updated_at": "2026-01-01T00:00:01Z"}""".formatted(id("p"), id("a"))));
    }

    @Test
    void tellsAUserWhyAPromptWasRefused() throws Exception {
        assertThat(body(get(owner, "prompts/" + id("q"), ANNA)))
                .isEqualTo(Json.MAPPER.readTree("""
                {"prompt_id": "%s", "agent": "analyst", "status": "refused", "step": 0, "most_steps": 0, "pending_calls": [], "answer": null, "sealed_answer": null,
                 "reason": "no_default_model", "message": "You have no default model.", "receipt": null,
                 "submitted_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z"}""".formatted(id("q"))));
    }

    @Test
    void tellsAUserWhatThereIsToDecide() throws Exception {
        var run = body(get(owner, "prompts/" + id("r"), ANNA));

        assertThat(run.get("status").asText()).isEqualTo("waiting_for_approval");
        assertThat(run.get("pending_calls")).isEqualTo(Json.MAPPER.readTree("""
                [{"call_id": "ABC", "tool": "price", "arguments": "{\\"symbol\\": \\"ABC\\"}"}]"""));
    }

    @Test
    void answersAlikeForUnknownForeignAndMalformedPrompts() throws Exception {
        var unknown = get(owner, "prompts/" + id("unknown"), ANNA);
        var foreign = get(owner, "prompts/" + id("p"), BEN);
        var malformed = get(owner, "prompts/p", ANNA);

        assertThat(body(unknown)).isEqualTo(Json.MAPPER.readTree("""
                {"type": "about:blank", "title": "Not found", "status": 404, "detail": "no such prompt"}"""));
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(malformed.body()).isEqualTo(unknown.body());
    }

    @Test
    void asksForAToken() throws Exception {
        var answer = http.send(request(owner, "default-model").build(), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
    }

    @Test
    void passesAQuestionOnToTheInstanceThatKnows() throws Exception {
        assertThat(get(other, "default-model", ANNA).body())
                .isEqualTo(get(owner, "default-model", ANNA).body());
        assertThat(get(other, "prompts/" + id("p"), ANNA).body())
                .isEqualTo(get(owner, "prompts/" + id("p"), ANNA).body());
        assertThat(get(other, "prompts/" + id("p"), BEN).statusCode()).isEqualTo(404);
    }

    @Test
    void passesAQuestionOnOnlyOnce() throws Exception {
        assertComeBackLater(get(lost, "default-model", ANNA));
    }

    @Test
    void asksToComeBackWhenTheOtherInstanceIsGone() throws Exception {
        assertComeBackLater(get(alone, "default-model", ANNA));
    }

    @Test
    void asksToComeBackWhileStateMoves() throws Exception {
        assertComeBackLater(get(moving, "default-model", ANNA));
        assertComeBackLater(get(moving, "prompts/" + id("p"), ANNA));
    }

    private static void assertComeBackLater(HttpResponse<String> answer) throws Exception {
        assertThat(answer.headers().firstValue("retry-after")).contains("1");
        assertThat(body(answer)).isEqualTo(Json.MAPPER.readTree("""
                {"type": "about:blank", "title": "Service unavailable", "status": 503,
                 "detail": "this user's state is moving between instances"}"""));
    }

    private HttpResponse<String> get(HttpEndpoint instance, String path, UUID user) throws Exception {
        var request = request(instance, path).header("Authorization", "Bearer " + issuer.token(user));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(HttpEndpoint instance, String path) {
        return HttpRequest.newBuilder(at(instance).resolve("/api/v1/users/me/" + path));
    }

    private static URI at(HttpEndpoint instance) {
        return URI.create("http://localhost:" + instance.port());
    }

    private static JsonNode body(HttpResponse<String> answer) throws Exception {
        return Json.MAPPER.readTree(answer.body());
    }

    private HttpEndpoint serve(Views views) {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var endpoints = new UserEndpoints(views, new Bearer(issuer.verifier()), peers);
        return HttpEndpoint.start(HttpAddress.local(0), new Health(), meters, endpoints::register);
    }
}
