package dev.latchkey.router.http;

import static dev.latchkey.router.Given.ANNA;
import static dev.latchkey.router.Given.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.events.AgentRun;
import dev.latchkey.events.DefaultModel;
import dev.latchkey.events.UsageCounted;
import dev.latchkey.router.runs.RunId;
import dev.latchkey.router.usage.Budget;
import dev.latchkey.router.usage.Period;
import dev.latchkey.router.usage.Spent;
import dev.latchkey.router.usage.Usage;
import dev.latchkey.router.views.Lookup;
import dev.latchkey.router.views.Views;
import dev.latchkey.runtime.Bearer;
import dev.latchkey.runtime.Health;
import dev.latchkey.runtime.HttpAddress;
import dev.latchkey.runtime.HttpEndpoint;
import dev.latchkey.runtime.Json;
import dev.latchkey.runtime.Peers;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UsageEndpointTest {
    private static final Instant NOW = Instant.parse("2026-11-26T23:59:59Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 26);

    private final List<Period> asked = new ArrayList<>();
    private final Issuer issuer = new Issuer();
    private final Peers peers = new Peers();
    private final HttpEndpoint owner = serve(new Kept());
    private final HttpEndpoint other = serve(new SameAnswer.Elsewhere(at(owner)));
    private final HttpClient http = HttpClient.newHttpClient();

    UsageEndpointTest() throws Exception {}

    @AfterEach
    void close() {
        other.close();
        owner.close();
        peers.close();
        issuer.close();
        http.close();
    }

    @Test
    void tellsAUserWhatWasTakenAndWhatMayBe() throws Exception {
        var answer = get(owner, "?from=2026-11-01&to=2026-11-30");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.MAPPER.readTree(answer.body())).isEqualTo(Json.MAPPER.readTree("""
                {"days": [{"day": "2026-11-26", "key_owner": "user", "credential_id": "%s", "provider": "openai",
                  "model_name": "gpt-4o-mini", "calls": 2, "prompt_tokens": 30, "completion_tokens": 12,
                  "cost": "0.000000000000000001", "cost_currency": "USD"},
                 {"day": "2026-11-26", "key_owner": "system", "credential_id": null, "provider": "openai",
                  "model_name": "brand-new", "calls": 1, "prompt_tokens": 5, "completion_tokens": 0,
                  "cost": null, "cost_currency": null}],
                 "today": {"tokens": 47, "cost": null}, "budget": {"tokens_per_day": 100, "cost_per_day": null}}""".formatted(id("a"))));
        assertThat(asked).containsExactly(new Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 30)));
    }

    @Test
    void tellsOfTodayWhenNothingElseIsAskedFor() throws Exception {
        assertThat(get(owner, "").statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly(new Period(TODAY, TODAY));
    }

    @Test
    void asksTheInstanceThatKnowsForTheSameDays() throws Exception {
        assertThat(get(other, "?from=2026-11-01&to=2026-11-02").statusCode()).isEqualTo(200);
        assertThat(asked).containsExactly(new Period(LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?from=yesterday", "?to=2026-13-01", "?from=2026-11-27", "?from=2020-01-01"})
    void refusesWhatIsNoPeriod(String query) throws Exception {
        var answer = get(owner, query);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    /** Knows two counts of everybody. */
    private final class Kept implements Views {
        @Override
        public Lookup<DefaultModel> defaultModel(UUID userId) {
            return new Lookup.Missing<>();
        }

        @Override
        public Lookup<AgentRun> run(RunId id) {
            return new Lookup.Missing<>();
        }

        @Override
        public Lookup<Usage> usage(UUID userId, Period period, LocalDate today) {
            asked.add(period);
            var paid = new UsageCounted(
                    userId,
                    TODAY,
                    id("a"),
                    "openai",
                    "gpt-4o-mini",
                    2L,
                    30L,
                    12L,
                    new BigDecimal("0.000000000000000001"),
                    "USD",
                    NOW);
            var free = new UsageCounted(userId, TODAY, null, "openai", "brand-new", 1L, 5L, 0L, null, null, NOW);
            return new Lookup.Found<>(
                    new Usage(List.of(paid, free), new Spent(47, Optional.empty()), new Budget(100L, null)));
        }
    }

    private HttpResponse<String> get(HttpEndpoint endpoint, String query) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(at(endpoint) + "/api/v1/users/me/usage" + query))
                .header("authorization", "Bearer " + issuer.token(ANNA))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private HttpEndpoint serve(Views views) {
        var endpoint = new UsageEndpoint(views, new Bearer(issuer.verifier()), peers, InstantSource.fixed(NOW));
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return HttpEndpoint.start(HttpAddress.local(0), new Health(), meters, endpoint::register);
    }

    private static URI at(HttpEndpoint endpoint) {
        return URI.create("http://localhost:" + endpoint.port());
    }
}
